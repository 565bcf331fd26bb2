package org.hyalite.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Uncertain;

/** Invented particles and measurements, seeded, and one figure of each kind made of them. */
final class Samples {
    private Samples() {}

    /** How deep a point lies inside a faceted particle, in half edges of the grid; negative outside. */
    static double depth(double z, double y, double x, long seed) {
        Random random = new Random(seed);
        double inside = 0.72 - Math.sqrt(x * x + y * y + z * z);
        for (int i = 0; i < 14; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double c = random.nextGaussian();
            double length = Math.sqrt(a * a + b * b + c * c);
            double reach = 0.45 + 0.2 * random.nextDouble();
            inside = Math.min(inside, reach - (a * x + b * y + c * z) / length);
        }
        return inside;
    }

    static Volume volume(int nz, int ny, int nx, double voxelNm, ToDoubleFunction<double[]> of) {
        Volume volume = Volume.zeros(nz, ny, nx, voxelNm);
        for (int z = 0; z < nz; z++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    double[] at = {2 * (z + 0.5) / nz - 1, 2 * (y + 0.5) / ny - 1, 2 * (x + 0.5) / nx - 1};
                    volume.set(z, y, x, (float) of.applyAsDouble(at));
                }
            }
        }
        return volume;
    }

    static Volume particle(int n, double voxelNm, double density, long seed) {
        return volume(n, n, n, voxelNm, p -> density * smooth(depth(p[0], p[1], p[2], seed) * n / 2));
    }

    private static double smooth(double voxels) {
        return Math.max(0, Math.min(1, voxels + 0.5));
    }

    /** Co (first) and Zn of a particle with a Co cap and a Zn body. */
    static List<Volume> blend(int n, double voxelNm, long seed) {
        Random noise = new Random(seed);
        ToDoubleFunction<double[]> zn =
                p -> smooth(4 * (p[1] + 0.2 + 0.35 * p[2] + 0.15 * Math.sin(5 * p[2]) - 0.3 * p[0]) * n / 8);
        Volume co = volume(
                n,
                n,
                n,
                voxelNm,
                p -> Math.max(
                        0,
                        (5 * (1 - zn.applyAsDouble(p)) + 0.25 * noise.nextGaussian())
                                * smooth(depth(p[0], p[1], p[2], seed) * n / 2)));
        Volume zinc = volume(
                n,
                n,
                n,
                voxelNm,
                p -> Math.max(
                        0,
                        (6 * zn.applyAsDouble(p) + 0.25 * noise.nextGaussian())
                                * smooth(depth(p[0], p[1], p[2], seed) * n / 2)));
        return List.of(co, zinc);
    }

    static Image noisy(Image truth, double countsPerUnit, long seed) {
        Random random = new Random(seed);
        Image out = Image.zeros(truth.ny(), truth.nx(), truth.pixelNm());
        for (int i = 0; i < truth.values().length; i++) {
            double mean = truth.values()[i] * countsPerUnit;
            out.values()[i] =
                    (float) (Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian())) / countsPerUnit);
        }
        return out;
    }

    static Image thickness(Volume volume, double threshold) {
        Image out = Image.zeros(volume.ny(), volume.nx(), volume.voxelNm());
        for (int z = 0; z < volume.nz(); z++) {
            for (int y = 0; y < volume.ny(); y++) {
                for (int x = 0; x < volume.nx(); x++) {
                    if (volume.at(z, y, x) > threshold) {
                        out.set(y, x, out.at(y, x) + (float) volume.voxelNm());
                    }
                }
            }
        }
        return out;
    }

    static Figure standards(int n, int rows) {
        List<StandardsFigure.Row> all = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            Volume v = particle(n, 320.0 / n, 1, 5 + i);
            all.add(new StandardsFigure.Row(
                    (i < 2 ? "Co ZIF-4 " : "ZIF-62 ") + (i + 1),
                    noisy(v.projectionZ(), 3, i),
                    v,
                    0.5,
                    thickness(v, 0.5)));
        }
        return StandardsFigure.draw(all);
    }

    static CrossSectionFigure.Panel crossSection(String line, double barn, int particles, int pixels) {
        Random random = new Random(4);
        double slope = 1.25e10 * 0.9 * 0.12 * 4.87 * barn * 1e-10 * 0.02;
        List<CrossSectionFigure.Particle> all = new ArrayList<>();
        for (int p = 0; p < particles; p++) {
            double[] t = new double[pixels];
            double[] counts = new double[pixels];
            for (int i = 0; i < pixels; i++) {
                t[i] = 250 * (0.8 + 0.2 * p) * Math.sqrt(random.nextDouble());
                counts[i] = slope * t[i] + Math.sqrt(slope * t[i]) * random.nextGaussian();
            }
            all.add(CrossSectionFigure.Particle.of("particle " + (p + 1), t, counts));
        }
        return new CrossSectionFigure.Panel(line, new Uncertain(barn, 0.012 * barn), slope, 0, all);
    }

    static List<SampleFigure.Channel> channels(int n) {
        List<Volume> volumes = blend(n, 256.0 / n, 7);
        List<SampleFigure.Channel> channels = new ArrayList<>();
        for (int k = 0; k < 2; k++) {
            Image areal = volumes.get(k).projectionZ();
            channels.add(new SampleFigure.Channel(
                    k == 0 ? "Co" : "Zn", Palette.element(k), noisy(areal, 0.05, k), areal, volumes.get(k)));
        }
        return channels;
    }

    static Figure sample(int n) {
        List<SampleFigure.Channel> channels = channels(n);
        return SampleFigure.draw(
                channels,
                SampleFigure.Slices.middle(channels.get(0).density()),
                SampleFigure.Scales.of(channels, "atoms/nm²", "atoms/nm³"));
    }

    static Figure grid(int n) {
        List<SampleFigure.Channel> channels = new ArrayList<>();
        String[] names = {"O", "Mg", "Si", "S", "Fe"};
        for (int k = 0; k < names.length; k++) {
            Volume v = volume(n / 2, n, n, 8, new Grains(k));
            Image areal = v.projectionZ();
            channels.add(new SampleFigure.Channel(names[k], Palette.element(k), noisy(areal, 0.02, k), areal, v));
        }
        Volume haadf = channels.get(0).density().plus(channels.get(4).density());
        return ElementGridFigure.draw(
                Optional.of(new ElementGridFigure.Haadf(noisy(haadf.projectionZ(), 0.1, 1), Optional.of(haadf))),
                channels,
                SampleFigure.Slices.middle(channels.get(0).density()),
                "counts",
                "counts/nm");
    }

    private record Grains(int element) implements ToDoubleFunction<double[]> {
        @Override
        public double applyAsDouble(double[] p) {
            Random random = new Random(element + 10L);
            double sum = 0.3 + 0.1 * element;
            for (int i = 0; i < 9; i++) {
                double dz = p[0] - 2 * random.nextDouble() + 1;
                double dy = p[1] - 2 * random.nextDouble() + 1;
                double dx = p[2] - 2 * random.nextDouble() + 1;
                sum += 3 * smooth(12 * (0.25 - Math.sqrt(dx * dx + dy * dy + 0.5 * dz * dz)));
            }
            return sum;
        }
    }

    static Figure renderings(int n) {
        List<RenderingFigure.Row> rows = new ArrayList<>();
        for (int r = 0; r < 2; r++) {
            List<Volume> volumes = blend(n, 256.0 / n, r == 0 ? 7 : 21);
            rows.add(new RenderingFigure.Row(
                    r == 0 ? "segregated" : "flux-melted",
                    List.of(
                            new ElementVolume("Co", Palette.element(0), volumes.get(0)),
                            new ElementVolume("Zn", Palette.element(1), volumes.get(1)))));
        }
        return RenderingFigure.draw(rows, RenderingFigure.TWO_SIDES, RenderingFigure.brightest(rows), "atoms/nm³");
    }

    static PhaseDiagramFigure.Panel diagram(String title, boolean flux) {
        int nx = 100;
        int ny = 100;
        double[] xs = new double[nx + 1];
        double[] ys = new double[ny + 1];
        for (int i = 0; i <= nx; i++) {
            xs[i] = i / (double) nx;
            ys[i] = 12.0 * i / ny;
        }
        double[][] v = new double[nx][ny];
        Random random = new Random(3);
        for (int i = 0; i < 400_000; i++) {
            double x;
            double y;
            double pick = random.nextDouble();
            if (flux) {
                x = pick < 0.5 ? 0.4 + 0.06 * random.nextGaussian() : 0.98 - Math.abs(0.15 * random.nextGaussian());
                y = (pick < 0.5 ? 6 : 4) + 0.7 * random.nextGaussian();
            } else {
                x = pick < 0.25 ? Math.abs(0.012 * random.nextGaussian()) : 1 - Math.abs(0.012 * random.nextGaussian());
                x = pick > 0.93 ? random.nextDouble() : x;
                y = (pick < 0.25 ? 5 : 6) + 0.8 * random.nextGaussian();
            }
            int a = (int) (x * nx);
            int b = (int) (y / 12 * ny);
            if (a >= 0 && a < nx && b >= 0 && b < ny && y > 2.4) {
                v[a][b] += 8;
            }
        }
        return PhaseDiagramFigure.Panel.of(title, xs, ys, v).withThreshold(2.4);
    }

    static Figure phases() {
        return PhaseDiagramFigure.draw(
                List.of(
                        diagram("segregated blend", false)
                                .marked(List.of(
                                        new PhaseDiagramFigure.Mark("Co-rich", 0.01, 0.01, 5, 0.8),
                                        new PhaseDiagramFigure.Mark("Zn-rich", 0.99, 0.01, 6, 0.8))),
                        diagram("flux-melted glass", true)
                                .marked(List.of(
                                        new PhaseDiagramFigure.Mark("Co-rich", 0.4, 0.06, 6, 0.7),
                                        new PhaseDiagramFigure.Mark("Zn-rich", 0.85, 0.08, 4, 0.7))),
                        diagram("segregated blend", false).scaledTo(PhaseDiagramFigure.ALL_CELLS),
                        diagram("flux-melted glass", true).scaledTo(PhaseDiagramFigure.ALL_CELLS)),
                "X = Zn/(Zn + Co)",
                "N (atoms/nm³)");
    }

    static Figure curves() {
        Random random = new Random(2);
        double[] t = new double[100];
        double[] dv = new double[100];
        double[] fit = new double[100];
        for (int i = 0; i < t.length; i++) {
            t[i] = 0.1 + 0.008 * i;
            fit[i] = 2.4e6 * (1 - 1 / (1 + Math.exp(-(t[i] - 0.35) / 0.05))) + 1e5;
            dv[i] = fit[i] * (1 + 0.04 * random.nextGaussian());
        }
        double[] tilt = new double[31];
        double[] sy = new double[31];
        double[] sx = new double[31];
        double[] one = new double[31];
        double[] other = new double[31];
        double[] se = new double[31];
        for (int i = 0; i < 31; i++) {
            tilt[i] = -75 + 5 * i;
            sy[i] = 3 * random.nextGaussian();
            sx[i] = 3 * random.nextGaussian();
            one[i] = 1.2e7 * (1 + 0.03 * random.nextGaussian());
            other[i] = 1.2e7;
            se[i] = 3e5;
        }
        double[] e = new double[1000];
        double[] spectrum = new double[1000];
        double[] model = new double[1000];
        for (int i = 0; i < e.length; i++) {
            e[i] = 0.1 + 0.0105 * i;
            double mean = 900 * Math.exp(-e[i] / 4) + 30;
            double[][] peaks = {
                {6.925, 4e4}, {7.649, 5e3}, {8.63, 3e4}, {9.57, 4e3}, {0.277, 2e4}, {8.04, 2.2e4}, {0.93, 8e3}
            };
            for (double[] peak : peaks) {
                mean += peak[1] * Math.exp(-0.5 * Math.pow((e[i] - peak[0]) / 0.06, 2));
            }
            model[i] = mean;
            spectrum[i] = Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double[] w = new double[9];
        double[] criterion = new double[9];
        for (int i = 0; i < 9; i++) {
            w[i] = -4 + 0.4 * i;
            criterion[i] = 0.02 + 0.01 * Math.pow(w[i] + 2.4, 2);
        }
        return CurveFigure.draw(
                "Evidence",
                List.of(
                        CurveFigure.Panel.of(
                                        "Threshold",
                                        "threshold (ADF units)",
                                        "ΔV (nm³)",
                                        CurveFigure.Upright.FROM_ZERO,
                                        List.of(
                                                Curve.of("ΔV", t, dv, Curve.Style.POINTS),
                                                Curve.of("edge-spread fit", t, fit, Curve.Style.LINE)))
                                .marked(List.of(
                                        new CurveFigure.Mark("T₀ = 0.350", 0.35),
                                        new CurveFigure.Mark("half-way 0.362", 0.362),
                                        new CurveFigure.Mark("Otsu 0.41", 0.41))),
                        CurveFigure.Panel.of(
                                "Sum spectrum",
                                "energy (keV)",
                                "counts",
                                CurveFigure.Upright.LOGARITHMIC,
                                List.of(
                                        Curve.of("measured", e, spectrum, Curve.Style.STEPS),
                                        Curve.of("fit", e, model, Curve.Style.LINE))),
                        CurveFigure.Panel.of(
                                "Shifts",
                                "tilt (°)",
                                "shift (pixels)",
                                CurveFigure.Upright.LINEAR,
                                List.of(
                                        Curve.of("along y", tilt, sy, Curve.Style.LINE_AND_POINTS),
                                        Curve.of("along x", tilt, sx, Curve.Style.LINE_AND_POINTS))),
                        CurveFigure.Panel.of(
                                "Mass",
                                "tilt (°)",
                                "Co (atoms)",
                                CurveFigure.Upright.LINEAR,
                                List.of(
                                        Curve.of("measured", tilt, one, Curve.Style.POINTS)
                                                .withErrors(se),
                                        Curve.of("reprojected", tilt, other, Curve.Style.DASHED))),
                        CurveFigure.Panel.of(
                                        "Weight",
                                        "log₁₀ w",
                                        "criterion",
                                        CurveFigure.Upright.LINEAR,
                                        List.of(Curve.of("", w, criterion, Curve.Style.LINE_AND_POINTS)))
                                .marked(List.of(new CurveFigure.Mark("chosen", -2.4)))));
    }

    /** One figure of each kind, by name. */
    static Map<String, Figure> all(int n) {
        Map<String, Figure> all = new LinkedHashMap<>();
        all.put("standards", standards(n, 2));
        all.put(
                "cross-sections",
                CrossSectionFigure.draw(
                        List.of(crossSection("Co Kα", 3.38, 2, 6000), crossSection("Zn Kα", 2.48, 2, 6000))));
        all.put("sample", sample(n));
        all.put("grid", grid(n));
        all.put("renderings", renderings(n));
        all.put("phases", phases());
        all.put("curves", curves());
        all.put("fit", fit());
        all.put("maps", maps(n));
        all.put("sinogram", SinogramFigure.draw(bars(n), bars(n), n / 2));
        return all;
    }

    /** A tilt series of uneven steps, the brighter the higher the tilt. */
    static TiltSeries bars(int n) {
        double[] tilts = {-70, -30, 0, 10, 65};
        TiltSeries series = TiltSeries.zeros(TiltGeometry.of(tilts), n, n, 4);
        for (int t = 0; t < tilts.length; t++) {
            for (int y = 0; y < n; y++) {
                for (int x = 0; x < n; x++) {
                    series.set(t, y, x, (float) (100 + tilts[t]));
                }
            }
        }
        return series;
    }

    /** Two windows of a spectrum of one strong and one weak peak, the second on a logarithmic axis. */
    static Figure fit() {
        Random random = new Random(3);
        int channels = 150;
        double[] energy = new double[channels];
        double[] background = new double[channels];
        double[] strong = new double[channels];
        double[] weak = new double[channels];
        double[] model = new double[channels];
        double[] data = new double[channels];
        for (int c = 0; c < channels; c++) {
            energy[c] = 6 + 0.01 * c;
            background[c] = 200;
            strong[c] = 9000 * Math.exp(-Math.pow((energy[c] - 6.4) / 0.08, 2));
            weak[c] = 500 * Math.exp(-Math.pow((energy[c] - 7.05) / 0.08, 2));
            model[c] = background[c] + strong[c] + weak[c];
            data[c] = Math.max(0, model[c] + Math.sqrt(model[c]) * random.nextGaussian());
        }
        List<FitFigure.Group> groups =
                List.of(new FitFigure.Group("Fe Kα", strong, true), new FitFigure.Group("Fe Kβ", weak, true));
        return FitFigure.draw(
                "Fit",
                List.of(
                        new FitFigure.Window("Fe", energy, data, model, background, groups, false),
                        new FitFigure.Window("Fe again", energy, data, model, background, groups, true)));
    }

    /** Five maps, so that a second row is begun. */
    static Figure maps(int n) {
        Random random = new Random(4);
        List<MapsFigure.Panel> panels = new ArrayList<>();
        for (String name : List.of("O Ka", "Mg Ka", "Si Ka", "S Ka", "Fe Ka")) {
            Image image = Image.zeros(n, n, 2);
            for (int i = 0; i < image.values().length; i++) {
                image.values()[i] = (float) random.nextGaussian();
            }
            panels.add(new MapsFigure.Panel(name, image));
        }
        return MapsFigure.draw("Misfit", panels, new ColourScale(ColourMap.EMBER, -2, 6, "sd of noise", true));
    }
}
