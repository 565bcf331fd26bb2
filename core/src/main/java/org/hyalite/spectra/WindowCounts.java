package org.hyalite.spectra;

import java.util.List;
import java.util.Map;
import org.hyalite.grid.Image;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;

/**
 * Counts of one element as they were counted, for Poisson statistics: of each map, all counts in the element's window
 * and what is expected there of everything else. With {@code I_l} the net counts of line l that a pixel is expected to
 * give, {@code E[counts] = Σ_l share_l I_l + background}.
 *
 * @param element which
 * @param shares of each of its lines: counts in the window for one net count of the line, as {@link LineFitter#counts}
 *     defines it; 0 for a line that the window leaves out
 * @param window the ranges of energy that were counted, the same for all maps
 * @param counts counts in the window, {@code [y, x]}, one image for each map; whole numbers where the maps' counts are
 * @param background expected counts in the window besides those of the element's own lines (continuum, tails of other
 *     lines, stray peaks), > 0 everywhere
 * @param smoothingPx standard deviation of the Gaussian that smoothed the background, pixels
 */
public record WindowCounts(
        Element element,
        Map<XrayLine, Double> shares,
        List<LineModel.Window> window,
        List<Image> counts,
        List<Image> background,
        double smoothingPx) {
    public WindowCounts {
        shares = Map.copyOf(shares);
        window = List.copyOf(window);
        counts = List.copyOf(counts);
        background = List.copyOf(background);
    }
}
