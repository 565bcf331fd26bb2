package org.hyalite.align;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;

/**
 * Shifts and tilt axis of an ADF tilt series as recorded.
 *
 * <p>A particle that stands free is aligned by its moments ({@link AlignSettings.Method#MOMENTS}): background off, masked
 * with a margin; along the axis the mass per row is laid on that of the other images, across it the rows' centres of mass
 * follow {@code axis + A cos θ + B sin θ}; the rotation is the one under which both hold best, and 0 where it cannot be
 * told from 0. What is left open by the data (see {@link Alignment}) is chosen so that the centre of mass lies at the
 * axis' height and the movements are the smallest that explain the images. A specimen that fills the field is aligned by
 * phase correlation ({@link AlignSettings.Method#CORRELATION}).
 */
public final class Aligner {
    /** With fewer images nothing across the axis is over-determined. */
    private static final int LEAST_IMAGES = 4;

    private static final int ROUNDS = 3;

    /** A particle whose outermost rows are brighter than this share of the brightest leaves the field. */
    private static final double LEAVES = 0.1;

    private Aligner() {}

    /**
     * Aligns a series as recorded, its background still on it.
     *
     * @throws IllegalArgumentException if a pixel is not a number or an image has one value only, naming it
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public static Alignment align(TiltSeries adf, AlignSettings settings, Progress progress) {
        return align(adf, AdfBackground.estimate(adf), settings, progress);
    }

    /** Aligns a series whose background has been estimated already. */
    public static Alignment align(TiltSeries adf, AdfBackground background, AlignSettings settings, Progress progress) {
        return solve(adf, background, settings, progress).alignment;
    }

    /**
     * An alignment and what it was found from.
     *
     * @param images as recorded, without background, and without the film where that was mapped
     */
    record Solved(Alignment alignment, TiltSeries images) {}

    static Solved solve(TiltSeries adf, AdfBackground background, AlignSettings settings, Progress progress) {
        List<String> warnings = new ArrayList<>(background.warnings());
        TiltGeometry geometry = adf.geometry();
        if (geometry.count() == 1) {
            warnings.add("a single image cannot be aligned");
            return new Solved(
                    Alignment.of(
                            geometry.tiltsDeg(), new double[1], new double[1], 0, 0, "none", new double[0], warnings),
                    background.cleaned());
        }
        return switch (choose(adf, background, settings.method(), warnings)) {
            case CORRELATION -> new Solved(FilledField.align(adf, warnings, progress), background.cleaned());
            case MOMENTS, AUTO -> moments(adf, background, settings, warnings, progress);
        };
    }

    private static AlignSettings.Method choose(
            TiltSeries adf, AdfBackground background, AlignSettings.Method wanted, List<String> warnings) {
        if (wanted != AlignSettings.Method.AUTO) {
            return wanted;
        }
        if (background.fillsField()) {
            return AlignSettings.Method.CORRELATION;
        }
        if (adf.tilts() < LEAST_IMAGES) {
            warnings.add(adf.tilts() + " images are too few to find the axis by centres of mass");
            return AlignSettings.Method.CORRELATION;
        }
        int leaving = 0;
        for (ImageBackground image : background.images()) {
            leaving += image.touches(1) > LEAVES ? 1 : 0;
        }
        if (4 * leaving > adf.tilts()) {
            warnings.add("the particle leaves the field across the tilt axis in " + leaving + " of " + adf.tilts()
                    + " images; aligned by correlation instead of centres of mass");
            return AlignSettings.Method.CORRELATION;
        }
        return AlignSettings.Method.MOMENTS;
    }

    private static Solved moments(
            TiltSeries adf,
            AdfBackground background,
            AlignSettings settings,
            List<String> warnings,
            Progress progress) {
        int n = adf.tilts();
        double[][] particles = new double[n][];
        int crossing = 0;
        for (int t = 0; t < n; t++) {
            ImageBackground image = background.images().get(t);
            particles[t] = image.particleOnly();
            requireParticle(image, particles[t], t, adf.geometry().tiltDeg(t));
            crossing += image.touches(0) > LEAVES ? 1 : 0;
        }
        boolean crosses = 4 * crossing > n;
        if (crosses) {
            warnings.add(
                    "the particle leaves the field along the tilt axis; only rows that every image shows are used");
        }
        double[] tilts = adf.geometry().tiltsDeg();
        int start = adf.geometry().nearestZero();
        double[] unevenness = background.images().stream()
                .mapToDouble(ImageBackground::unevenness)
                .toArray();
        TiltAxisFinder finder = new TiltAxisFinder(particles, adf.ny(), adf.nx(), tilts, start, crosses, unevenness);
        Solution solution = solution(finder, finder.find(settings.maxRotationDeg(), progress), tilts, start, adf.nx());
        FilmMap film = FilmMap.of(background.images(), tilts, solution.fit, solution.gauge, background.offset());
        for (int round = 1; round < ROUNDS && film.explains(); round++) {
            progress.check();
            progress.report("axis beside the mapped film", (double) round / ROUNDS);
            for (int t = 0; t < n; t++) {
                particles[t] = film.particleOnly(t);
            }
            finder = new TiltAxisFinder(particles, adf.ny(), adf.nx(), tilts, start, crosses, film.left());
            TiltAxisFinder.Found found = finder.findNear(solution.found.fit(), settings.maxRotationDeg(), progress);
            solution = solution(finder, found, tilts, start, adf.nx());
            film = FilmMap.again(film, tilts, solution.fit, solution.gauge, background.offset());
        }
        TiltAxisFinder.Fit fit = solution.fit;
        TiltAxisFinder.Found found = solution.found;
        AxisGauge gauge = solution.gauge;
        if (Double.isInfinite(found.standardErrorDeg())) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "no axis rotation within ±%.1f° fits better than its neighbours; the axis is taken to stand upright",
                    settings.maxRotationDeg()));
        }
        String mapped = film.explains() ? ", " + film.summary() : "";
        Alignment alignment = assemble(adf, fit, found.standardErrorDeg(), gauge, mapped, warnings);
        return new Solved(alignment, series(adf, particles));
    }

    private static TiltSeries series(TiltSeries like, double[][] values) {
        TiltSeries series = TiltSeries.zeros(like.geometry(), like.ny(), like.nx(), like.pixelNm());
        for (int t = 0; t < values.length; t++) {
            for (int i = 0; i < values[t].length; i++) {
                series.set(t, i / like.nx(), i % like.nx(), (float) values[t][i]);
            }
        }
        return series;
    }

    private static void requireParticle(ImageBackground image, double[] particle, int index, double tiltDeg) {
        double mass = 0;
        for (double v : particle) {
            mass += v;
        }
        if (!(mass > 0) || !image.standsOut()) {
            throw new IllegalArgumentException("ADF image " + index + " (tilt " + tiltDeg
                    + "°): no particle stands out from its background; leave that tilt out, or align by correlation");
        }
    }

    private record Solution(TiltAxisFinder.Found found, TiltAxisFinder.Fit fit, AxisGauge gauge) {}

    private static Solution solution(
            TiltAxisFinder finder, TiltAxisFinder.Found found, double[] tilts, int start, int nx) {
        TiltAxisFinder.Fit fit = found.fit();
        boolean unknown = Math.abs(fit.rotationDeg()) <= 2 * found.leastErrorDeg();
        if (fit.rotationDeg() != 0 && unknown) {
            fit = finder.fit(0);
        }
        return new Solution(found, fit, AxisGauge.choose(fit.place(), fit.centre(), tilts, start, nx));
    }

    private static Alignment assemble(
            TiltSeries adf,
            TiltAxisFinder.Fit fit,
            double rotationError,
            AxisGauge gauge,
            String film,
            List<String> warnings) {
        int n = adf.tilts();
        double cos = Math.cos(Math.toRadians(fit.rotationDeg()));
        double sin = Math.sin(Math.toRadians(fit.rotationDeg()));
        double[] shiftY = new double[n];
        double[] shiftX = new double[n];
        for (int t = 0; t < n; t++) {
            shiftY[t] = cos * fit.moveY()[t] - sin * gauge.shift[t];
            shiftX[t] = sin * fit.moveY()[t] + cos * gauge.shift[t];
            double most = Math.max(Math.abs(shiftY[t]) / adf.ny(), Math.abs(shiftX[t]) / adf.nx());
            if (most > 0.2) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "tilt %.1f°: shift of %.1f, %.1f px (y, x) is more than a fifth of the field",
                        adf.geometry().tiltDeg(t),
                        shiftY[t],
                        shiftX[t]));
            }
        }
        String method = String.format(
                Locale.ROOT,
                "mass per row and centres of mass; axis rotation %.2f° (standard error %.2f°), axis offset %.2f px of"
                        + " which %.2f px cannot be told from shifts%s",
                fit.rotationDeg(),
                rotationError,
                gauge.offset,
                gauge.offsetSd,
                film);
        return Alignment.of(
                        adf.geometry().tiltsDeg(),
                        shiftY,
                        shiftX,
                        gauge.offset,
                        fit.rotationDeg(),
                        method,
                        fit.residualPx(),
                        warnings)
                .withQuality(AlignmentQuality.ofRotation(rotationError));
    }
}
