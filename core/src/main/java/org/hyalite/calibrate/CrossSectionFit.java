package org.hyalite.calibrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;

/**
 * The partial cross section of a line from standards of known density and measured thickness: counts against thickness,
 * {@code I = (τ i / e) ρ σ t} (Collins et al. (2019), APL Mater. 7, 091111, Eq. (1)), over all pixels of all particles
 * together, through the origin.
 *
 * <p>The weights are Poisson's, from the counts that the fit expects, never from the noisy counts. With these the
 * least-squares solution through the origin is {@code σ = ΣI / Σkt}, {@code k = (τ i / e) ρ · 1e-10}, and so no pixel's
 * own error touches its weight: errors of the thickness that cancel over a particle (steps of a voxel, a shift between
 * the two maps) leave σ as it is, where a weighted slope is attenuated by them. The sums include a margin of two pixels
 * around the particle, where a shift or blur has put its counts.
 *
 * <p>Standard error: counts (from the mean of the pixels' error variances as a straight line in the expected counts),
 * thickness (a voxel/√12 on each of the two surfaces of a pixel), and what the particles differ by beyond these.
 * The free intercept and the curvature are fitted to the pixels more than three pixels inside of the edge, with the mean
 * of a pixel's eight neighbours as the instrument of its thickness, so that the thickness's own error does not bend
 * the line.
 */
public final class CrossSectionFit {
    private final XrayLine line;
    private final CrossSection crossSection;
    private final List<ParticleCrossSection> particles;
    private final Optional<LinearityTest> linearity;
    private final double rSquared;
    private final int pixels;
    private final double chiSquared;
    private final int degreesOfFreedom;
    private final Map<String, Double> budget;

    private CrossSectionFit(XrayLine line, List<StandardMap> maps) {
        this.line = line;
        double counts = 0;
        double exposure = 0;
        List<Sums> sums = new ArrayList<>();
        for (StandardMap map : maps) {
            Sums sum = new Sums(map, StandardRegions.of(map));
            sums.add(sum);
            counts += sum.counts;
            exposure += sum.exposure;
        }
        double sigma = counts / exposure;
        if (!(sigma > 0)) {
            throw new IllegalArgumentException("the standards of " + line + " hold " + counts
                    + " net counts where the particles are: no cross section follows");
        }
        CountVariance variance = CountVariance.of(maps, sigma);
        double countVariance = 0;
        double thicknessVariance = 0;
        particles = new ArrayList<>();
        double[] values = new double[sums.size()];
        double[] errors = new double[sums.size()];
        for (int p = 0; p < values.length; p++) {
            Sums sum = sums.get(p);
            double own = sum.counts / sum.exposure;
            double fromCounts = sum.countVariance(variance, sigma);
            double fromThickness = sum.thicknessVariance(sigma);
            countVariance += fromCounts;
            thicknessVariance += fromThickness;
            values[p] = own;
            errors[p] = Math.sqrt(fromCounts + fromThickness) / sum.exposure;
            if (!(own > 0)) {
                throw new IllegalArgumentException("standard " + sum.map.name() + ": " + sum.counts + " net counts of "
                        + line + " where the particle is: no cross section follows");
            }
            particles.add(new ParticleCrossSection(
                    sum.map.name(),
                    new CrossSection(own, errors[p]),
                    sum.pixels,
                    sum.outside(),
                    Registration.of(sum.map, own * sum.map.countsPerBarnNm())));
        }
        Map<String, Double> relative = new LinkedHashMap<>();
        relative.put("counts", Math.sqrt(countVariance) / counts);
        relative.put("thickness", Math.sqrt(thicknessVariance) / counts);
        if (values.length > 1) {
            relative.put("particles", Math.sqrt(excess(values, errors) / values.length) / sigma);
        }
        budget = Collections.unmodifiableMap(relative); // in this order, as Map.copyOf would not keep it
        double total =
                Math.sqrt(budget.values().stream().mapToDouble(r -> r * r).sum());
        crossSection = new CrossSection(sigma, total * sigma);

        int n = 0;
        double chi = 0;
        double residual = 0;
        double squares = 0;
        double all = 0;
        for (Sums sum : sums) {
            n += sum.pixels;
            all += sum.counts;
        }
        for (Sums sum : sums) {
            float[] i = sum.map.counts().values();
            for (int q = 0; q < i.length; q++) {
                if (sum.regions.particle()[q]) {
                    double expected = sum.expected(q, sigma);
                    double r = i[q] - expected;
                    double v = variance.at(expected)
                            + (sum.regions.footprint()[q] ? sum.pixelThicknessVariance(sigma) : 0);
                    chi += v > 0 ? r * r / v : 0;
                    residual += r * r;
                    squares += (i[q] - all / n) * (i[q] - all / n);
                }
            }
        }
        pixels = n;
        chiSquared = chi;
        degreesOfFreedom = n - 1;
        rSquared = squares > 0 ? 1 - residual / squares : 0;
        linearity = LinearityTest.of(maps, sums.stream().map(s -> s.regions).toList(), sigma, variance);
    }

    /**
     * Fits the cross section of a line to its element's standards.
     *
     * @param maps at least one particle; each at its own dose
     * @throws IllegalArgumentException if there is none, if a particle has no thickness, or too few counts for a
     *     positive cross section
     */
    public static CrossSectionFit fit(XrayLine line, List<StandardMap> maps) {
        if (maps.isEmpty()) {
            throw new IllegalArgumentException("no standard for " + line);
        }
        return new CrossSectionFit(line, List.copyOf(maps));
    }

    /** Variance among the particles beyond their own errors (DerSimonian and Laird 1986), barn². */
    private static double excess(double[] values, double[] errors) {
        double weights = 0;
        double squares = 0;
        double mean = 0;
        for (int p = 0; p < values.length; p++) {
            double w = 1 / Math.max(errors[p] * errors[p], 1e-12 * values[p] * values[p]);
            weights += w;
            squares += w * w;
            mean += w * values[p];
        }
        mean /= weights;
        double q = 0;
        for (int p = 0; p < values.length; p++) {
            double w = 1 / Math.max(errors[p] * errors[p], 1e-12 * values[p] * values[p]);
            q += w * (values[p] - mean) * (values[p] - mean);
        }
        return Math.max(0, (q - (values.length - 1)) / (weights - squares / weights));
    }

    /** The line. */
    public XrayLine line() {
        return line;
    }

    /** {@code σ} and its standard error, barn. */
    public CrossSection crossSection() {
        return crossSection;
    }

    /** What each particle says alone. */
    public List<ParticleCrossSection> particles() {
        return List.copyOf(particles);
    }

    /** Intercept of the fit that is not forced through the origin, counts: film or background left over, if not zero.
     * Absent if too few pixels lie inside of the edges, or all are equally thick. */
    public Optional<Uncertain> interceptCounts() {
        return linearity.map(LinearityTest::interceptCounts);
    }

    /** Slope of the fit that is not forced through the origin, barn. */
    public Optional<Double> freeSlopeBarn() {
        return linearity.map(LinearityTest::freeSlopeBarn);
    }

    /** {@code c} of {@code I = k σ t (1 + c t)}, 1/nm: absorption, if negative. */
    public Optional<Uncertain> curvaturePerNm() {
        return linearity.map(LinearityTest::curvaturePerNm);
    }

    /** Share of the variance of the counts that the line through the origin explains. */
    public double rSquared() {
        return rSquared;
    }

    /** Pixels that were used, margin included. */
    public int pixels() {
        return pixels;
    }

    /** Squared residuals over their expected variances; edges that do not fit make it larger than the freedom. */
    public double chiSquared() {
        return chiSquared;
    }

    public int degreesOfFreedom() {
        return degreesOfFreedom;
    }

    /** Relative standard deviation of σ by source: counts, thickness, particles (what these differ by beyond). */
    public Map<String, Double> budget() {
        return budget;
    }

    /** The sums over one particle. */
    private static final class Sums {
        private final StandardMap map;
        private final StandardRegions regions;
        private final double k;
        private final int pixels;
        private final double counts;
        private final double exposure;

        Sums(StandardMap map, StandardRegions regions) {
            this.map = map;
            this.regions = regions;
            k = map.countsPerBarnNm();
            double i = 0;
            double kt = 0;
            for (int q = 0; q < regions.particle().length; q++) {
                if (regions.particle()[q]) {
                    i += map.counts().values()[q];
                    kt += k * map.thicknessNm().values()[q];
                }
            }
            if (!(kt > 0)) {
                throw new IllegalArgumentException("standard " + map.name() + " has no thickness anywhere");
            }
            pixels = StandardRegions.count(regions.particle());
            counts = i;
            exposure = kt;
        }

        double expected(int pixel, double sigma) {
            return sigma * k * Math.max(0, map.thicknessNm().values()[pixel]);
        }

        double countVariance(CountVariance variance, double sigma) {
            double sum = 0;
            for (int q = 0; q < regions.particle().length; q++) {
                sum += regions.particle()[q] ? variance.at(expected(q, sigma)) : 0;
            }
            return sum;
        }

        /** A voxel/√12 on each surface. */
        double pixelThicknessVariance(double sigma) {
            double sd = sigma * k * map.thicknessNm().pixelNm() * Math.sqrt(2.0 / 12);
            return sd * sd;
        }

        double thicknessVariance(double sigma) {
            return StandardRegions.count(regions.footprint()) * pixelThicknessVariance(sigma);
        }

        Optional<Uncertain> outside() {
            double sum = 0;
            double squares = 0;
            int n = 0;
            for (int q = 0; q < regions.outside().length; q++) {
                if (regions.outside()[q]) {
                    double v = map.counts().values()[q];
                    sum += v;
                    squares += v * v;
                    n++;
                }
            }
            if (n < 2) {
                return Optional.empty();
            }
            double mean = sum / n;
            return Optional.of(new Uncertain(mean, Math.sqrt(Math.max(0, squares / n - mean * mean) / (n - 1))));
        }
    }
}
