package org.hyalite.study;

import java.util.List;
import java.util.Map;
import org.hyalite.figure.ColourMap;
import org.hyalite.figure.ColourScale;
import org.hyalite.figure.MapsFigure;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.spectra.ResidualMap;
import org.hyalite.study.CountsStep.SeriesCounts;

/** What shows how far net counts are to be believed: the sum spectrum, each element's fit, where pixels fit badly. */
final class CountsFigures {
    private static final double LOWEST_SD = -2;
    private static final double HIGHEST_SD = 6;

    private CountsFigures() {}

    /**
     * @param spectrum the file name of the sum spectrum's figure
     * @param title of it
     */
    static void write(
            FigureFiles figures,
            String spectrum,
            String title,
            SeriesCounts counts,
            Map<XrayLine, List<ResidualMap>> residuals) {
        figures.write(spectrum, () -> SpectrumFigure.draw(title, counts.fitter().sumFit()));
        List<XrayLine> lines = List.copyOf(counts.counts().get(0).keySet());
        for (Element element : SpectrumFigure.elements(lines)) {
            figures.write("fit_" + element.symbol(), () -> SpectrumFigure.around(element, counts.fitter()));
        }
        if (!residuals.isEmpty()) {
            figures.write("residuals", () -> residuals(residuals, middle(counts)));
        }
    }

    /** The map nearest to zero tilt, of a series; else the first. */
    private static int middle(SeriesCounts counts) {
        double[] tilts = counts.tiltsDeg();
        int nearest = 0;
        for (int i = 1; counts.tilted() && i < tilts.length; i++) {
            nearest = Math.abs(tilts[i]) < Math.abs(tilts[nearest]) ? i : nearest;
        }
        return nearest;
    }

    private static MapsData residuals(Map<XrayLine, List<ResidualMap>> residuals, int map) {
        List<MapsFigure.Panel> panels = residuals.entrySet().stream()
                .map(e -> new MapsFigure.Panel(
                        e.getKey().name().replace('_', ' '),
                        e.getValue().get(map).deviation()))
                .toList();
        ColourScale scale = new ColourScale(ColourMap.EMBER, LOWEST_SD, HIGHEST_SD, "misfit (sd of noise)", true);
        return new MapsData("Misfit by pixel", panels, scale);
    }
}
