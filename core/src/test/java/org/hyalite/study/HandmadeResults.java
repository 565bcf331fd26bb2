package org.hyalite.study;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.hyalite.figure.Curve;
import org.hyalite.figure.CurveFigure.Mark;
import org.hyalite.figure.CurveFigure.Panel;
import org.hyalite.figure.CurveFigure.Upright;
import org.hyalite.figure.PhaseDiagramFigure;
import org.hyalite.figure.SampleFigure;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.study.RunSettings.Figures;
import org.hyalite.study.StudyRecord.Origin;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A small results folder without a run: two half balls of Co and Zn, their record, three figures. */
final class HandmadeResults {
    static final List<String> WARNINGS = List.of(
            "the fit to the sum spectrum is worse than noise: chi-square 6.3 per channel",
            "a name with <script>alert(1)</script> & \"quotes\"");
    static final double THRESHOLD = 2.5;

    private HandmadeResults() {}

    static Volume half(int nz, int ny, int nx, int side) {
        Volume volume = Volume.zeros(nz, ny, nx, 2);
        for (int z = 0; z < nz; z++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    double r = Math.hypot(Math.hypot(z - nz / 2.0, y - ny / 2.0), x - nx / 2.0);
                    boolean inside = r < 0.3 * nx && (x < nx / 2 ? 0 : 1) == side;
                    volume.set(z, y, x, inside ? 5 + side : 0);
                }
            }
        }
        return volume;
    }

    static CurvesData curves() {
        double[] x = new double[300];
        double[] y = new double[300];
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.01 * i;
            y[i] = i % 50 == 7 ? Double.NaN : Math.exp(-x[i]);
        }
        return new CurvesData(
                "Alignment",
                List.of(
                        Panel.of(
                                "Shifts",
                                "tilt (°)",
                                "shift (px)",
                                Upright.LINEAR,
                                List.of(
                                        Curve.of(
                                                        "y",
                                                        new double[] {-70, 0, 70},
                                                        new double[] {1, 0, -1},
                                                        Curve.Style.POINTS)
                                                .withErrors(new double[] {0.1, 0.2, 0}),
                                        Curve.of("x", new double[] {-70, 70}, new double[] {0.5, 2}, Curve.Style.DASHED)
                                                .coloured(new java.awt.Color(10, 200, 30)))),
                        Panel.of(
                                        "",
                                        "energy (keV)",
                                        "counts",
                                        Upright.LOGARITHMIC,
                                        List.of(Curve.of("model", x, y, Curve.Style.STEPS)))
                                .marked(List.of(new Mark("used", 1.5)))));
    }

    static DiagramsData diagram() {
        double[][] volume = new double[20][30];
        volume[0][24] = 1000;
        volume[19][29] = 3000;
        double[] x = edges(20, 1);
        double[] n = edges(30, 6.3);
        return new DiagramsData(
                List.of(PhaseDiagramFigure.Panel.of("", x, n, volume)
                        .withThreshold(THRESHOLD)
                        .marked(List.of(new PhaseDiagramFigure.Mark("Co-rich", 0.02, 0.01, 5, 0.1)))
                        .withTieLines(List.of(new PhaseDiagramFigure.TieLine(0, 5, 1, 6)))
                        .withEllipses(List.of(new PhaseDiagramFigure.Ellipse("Zn-rich", 0.97, 6, 1e-4, 1e-5, 1e-2)))),
                "X = Zn/(Co + Zn)",
                "N (atoms/nm³)");
    }

    private static double[] edges(int cells, double last) {
        double[] edges = new double[cells + 1];
        for (int i = 0; i <= cells; i++) {
            edges[i] = last * i / cells;
        }
        return edges;
    }

    static ElementsData elements(Volume co, Volume zn, ElementsData.Show show) {
        List<SampleFigure.Channel> channels = List.of(
                new SampleFigure.Channel(
                        "Co", org.hyalite.figure.Palette.element(0), co.projectionZ(), co.projectionZ(), co),
                new SampleFigure.Channel(
                        "Zn", org.hyalite.figure.Palette.element(1), zn.projectionZ(), zn.projectionZ(), zn));
        return new ElementsData(
                show, channels, java.util.Optional.empty(), SampleFigure.Slices.middle(co), "atoms/nm²", "atoms/nm³");
    }

    /** Writes the folder, its volumes {@code n} voxels wide. */
    static ResultFiles write(Path folder, int n) {
        ResultFiles files = ResultFiles.create(folder);
        Volume co = half(n - 4, n - 2, n, 0);
        Volume zn = half(n - 4, n - 2, n, 1);
        MrcWriter.writeVolume(made(files.sample("density_Co.mrc")), co);
        MrcWriter.writeVolume(files.sample("density_Zn.mrc"), zn);
        StudyRecord record = new StudyRecord();
        WARNINGS.forEach(record::warn);
        record.parameter("sample.name", "ball <1>", "", Origin.USER, "experiment.yaml, line 3");
        record.parameter("elements.Co", List.of("Ka", "Kb"), "", Origin.USER, "experiment.yaml, line 6");
        record.parameter("sample.beam_current_nA[0.0°]", 0.9, "nA", Origin.FILE, "a.zspy");
        record.parameter("sample.dwell_time_s[0.0°]", 0.12, "s", Origin.FILE, "a.zspy");
        record.parameter("sample.beam_energy_keV", 80.0, "keV", Origin.FILE, "a.zspy");
        record.parameter("sample.adf.tilts_deg", List.of(-70.0, 0.0, 70.0), "deg", Origin.FILE, "adf.mrc");
        Json.write(files.provenance(), record.toJson());
        Json.write(files.phases(), phases());
        FigureFiles figures = new FigureFiles(files, Figures.DRAWN, record);
        figures.write("alignment", HandmadeResults::curves);
        figures.write("fig6-phase-diagram", HandmadeResults::diagram);
        figures.write("fig3-sample", () -> elements(co, zn, ElementsData.Show.MIXED));
        return files;
    }

    private static Path made(Path file) {
        try {
            java.nio.file.Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
            return file;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ObjectNode phases() {
        ObjectNode json = Json.object().put("fraction_of", "Zn").put("unit", "atoms/nm³");
        json.putArray("among").add("Co").add("Zn");
        json.put("threshold_per_nm3", THRESHOLD)
                .put("threshold_source", "half_way")
                .put("threshold_reason", "the curve is no sigmoid");
        ArrayNode all = json.putArray("phases");
        all.addObject()
                .put("name", "Co-rich")
                .put("volume_nm3", 1.5e6)
                .put("volume_sd_nm3", 2.0e4)
                .put("fraction_mean", 0.012)
                .put("fraction_sd", 0.03)
                .put("fraction_mean_se", 0.0021)
                .put("density_mean_per_nm3", 4.98)
                .put("density_sd_per_nm3", 0.2)
                .put("density_mean_se_per_nm3", 0.031)
                .put("core_voxels", 812);
        all.addObject()
                .put("name", "Zn-rich")
                .put("volume_nm3", 4.5e6)
                .put("fraction_mean", 0.998)
                .put("fraction_sd", 0.01)
                .put("fraction_mean_se", 0.0004)
                .put("density_mean_per_nm3", 6.01)
                .put("density_sd_per_nm3", 0.1)
                .put("density_mean_se_per_nm3", 0.02)
                .put("core_voxels", 912);
        return json;
    }

    static Image image() {
        Image image = Image.zeros(5, 7, 3.5);
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 7; x++) {
                image.set(y, x, y == 2 && x == 3 ? Float.NaN : 0.1f * y - x);
            }
        }
        return image;
    }

    /** 85 mm wide. */
    static final OptionalDouble SINGLE = OptionalDouble.of(85);
}
