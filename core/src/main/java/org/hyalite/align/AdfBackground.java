package org.hyalite.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltSeries;

/**
 * Detector offset and support film of an ADF tilt series, found and taken off.
 *
 * <p>The background of an image is the mean of its pixels outside the particle; over the tilts it follows
 * {@code offset + film / cos θ}, fitted robustly. Each image loses its own measured background, unless that strays from
 * the fit by more than five times its error (a particle's foot, a grid bar), when it loses the fitted one, with a warning.
 *
 * <p>A specimen that fills the field leaves no background to measure, and nothing is taken off: so it is judged if fewer
 * than two thirds of the images have one. An image has one if at least half of its border and a tenth of its area lie on
 * a plane within three times its spread, at most 2 % of its pixels lie below it, and the particle's brightness (98th
 * percentile) exceeds it by five times its spread.
 */
public final class AdfBackground {
    /** Beyond this tilt the film's path is no longer 1/cos θ of a thin film; such images do not enter the fit. */
    private static final double STEEPEST_DEG = 80;

    private static final double STRAY = 5;

    private static final int LEAST_FOR_A_FILM = 4;

    private final TiltSeries cleaned;
    private final boolean fillsField;
    private final double offset;
    private final double film;
    private final double[] subtracted;
    private final double[] noiseSd;
    private final List<String> warnings;
    private final List<ImageBackground> images;

    private AdfBackground(
            TiltSeries cleaned,
            boolean fillsField,
            double[] offsetFilm,
            double[] subtracted,
            double[] noiseSd,
            List<String> warnings,
            List<ImageBackground> images) {
        this.cleaned = cleaned;
        this.fillsField = fillsField;
        this.offset = offsetFilm[0];
        this.film = offsetFilm[1];
        this.subtracted = subtracted;
        this.noiseSd = noiseSd;
        this.warnings = List.copyOf(warnings);
        this.images = images;
    }

    /**
     * Finds and takes off the background of a series as recorded, {@code [tilt, y, x]}, any unit.
     *
     * @throws IllegalArgumentException if a pixel is not a number, or an image has one value only, naming it
     */
    public static AdfBackground estimate(TiltSeries adf) {
        if (Math.min(adf.ny(), adf.nx()) < 8) {
            throw new IllegalArgumentException("images of " + adf.ny() + " × " + adf.nx()
                    + " pixels are too small to tell a particle from its background; at least 8 × 8 are needed");
        }
        List<ImageBackground> images = new ArrayList<>();
        int with = 0;
        for (int t = 0; t < adf.tilts(); t++) {
            Image image = adf.image(t);
            requireContent(image, t, adf.geometry().tiltDeg(t));
            images.add(ImageBackground.of(image));
            with += images.get(t).exists() ? 1 : 0;
        }
        double[] noise = images.stream().mapToDouble(ImageBackground::noise).toArray();
        if (3 * with < 2 * adf.tilts()) {
            String warning = "only " + with + " of " + adf.tilts()
                    + " ADF images have a background around a particle: the specimen fills the field, nothing is taken off";
            double[] nothing = new double[adf.tilts()];
            return new AdfBackground(adf, true, new double[2], nothing, noise, List.of(warning), images);
        }
        return subtract(adf, images, noise);
    }

    /** Nothing is taken off: the user says that the specimen fills the field. */
    public static AdfBackground nothing(TiltSeries adf) {
        List<ImageBackground> images = new ArrayList<>();
        for (int t = 0; t < adf.tilts(); t++) {
            Image image = adf.image(t);
            requireContent(image, t, adf.geometry().tiltDeg(t));
            images.add(ImageBackground.of(image));
        }
        double[] noise = images.stream().mapToDouble(ImageBackground::noise).toArray();
        return new AdfBackground(adf, true, new double[2], new double[adf.tilts()], noise, List.of(), images);
    }

    private static void requireContent(Image image, int index, double tiltDeg) {
        float first = image.values()[0];
        boolean same = true;
        for (int i = 0; i < image.values().length; i++) {
            float v = image.values()[i];
            if (!Float.isFinite(v)) {
                throw new IllegalArgumentException("ADF image " + index + " (tilt " + tiltDeg + "°) holds " + v
                        + " at row " + i / image.nx() + ", column " + i % image.nx());
            }
            same &= v == first;
        }
        if (same) {
            throw new IllegalArgumentException("ADF image " + index + " (tilt " + tiltDeg + "°) has the value " + first
                    + " in every pixel; leave that tilt out");
        }
    }

    private static AdfBackground subtract(TiltSeries adf, List<ImageBackground> images, double[] noise) {
        int n = adf.tilts();
        double[] level = new double[n];
        double[] error = new double[n];
        double[] path = new double[n];
        boolean[] use = new boolean[n];
        for (int t = 0; t < n; t++) {
            double[] found = images.get(t).level();
            level[t] = found[0];
            error[t] = found[1];
            path[t] = 1 / Math.cos(Math.toRadians(adf.geometry().tiltDeg(t)));
            use[t] = images.get(t).exists() && Math.abs(adf.geometry().tiltDeg(t)) <= STEEPEST_DEG;
        }
        List<String> warnings = new ArrayList<>();
        double[] model = fit(level, path, use, warnings);
        double scatter = scatter(level, path, use, model);
        double[] subtracted = level.clone();
        for (int t = 0; t < n; t++) {
            double expected = model[0] + model[1] * path[t];
            boolean steep = Math.abs(adf.geometry().tiltDeg(t)) > STEEPEST_DEG;
            double tolerance = STRAY * Math.hypot(scatter, error[t]);
            boolean strays = !steep && !(Math.abs(level[t] - expected) <= tolerance);
            if (!images.get(t).exists() && !steep || strays) {
                subtracted[t] = expected;
                warnings.add(String.format(
                        Locale.ROOT,
                        "tilt %.1f°: background measured %.5g, offset and film give %.5g; the latter was taken off",
                        adf.geometry().tiltDeg(t),
                        level[t],
                        expected));
            }
        }
        List<Image> cleaned = new ArrayList<>();
        for (int t = 0; t < n; t++) {
            Image image = adf.image(t);
            for (int i = 0; i < image.values().length; i++) {
                image.values()[i] -= (float) subtracted[t];
            }
            cleaned.add(image);
        }
        TiltSeries series = TiltSeries.of(adf.geometry(), cleaned);
        return new AdfBackground(series, false, model, subtracted, noise, warnings, images);
    }

    /** {@code offset + film · path}, by least squares with the weights of Huber; no negative film. */
    private static double[] fit(double[] level, double[] path, boolean[] use, List<String> warnings) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int n = 0;
        for (int t = 0; t < level.length; t++) {
            if (use[t]) {
                low = Math.min(low, path[t]);
                high = Math.max(high, path[t]);
                n++;
            }
        }
        if (n < 3 || high - low < 0.05) {
            warnings.add("too few tilts to tell the support film from the detector offset; both are taken off as one");
            double[] used = new double[level.length];
            int m = 0;
            for (int t = 0; t < level.length; t++) {
                if (use[t]) {
                    used[m++] = level[t];
                }
            }
            return new double[] {median(Arrays.copyOf(used, m)), 0};
        }
        double[] weight = new double[level.length];
        Arrays.fill(weight, 1);
        double[] model = new double[2];
        for (int round = 0; round < 20; round++) {
            double[][] normal = new double[2][3];
            for (int t = 0; t < level.length; t++) {
                if (use[t]) {
                    normal[0][0] += weight[t];
                    normal[0][1] += weight[t] * path[t];
                    normal[1][1] += weight[t] * path[t] * path[t];
                    normal[0][2] += weight[t] * level[t];
                    normal[1][2] += weight[t] * path[t] * level[t];
                }
            }
            normal[1][0] = normal[0][1];
            double mean = normal[0][2] / normal[0][0];
            model = Linear.solve(normal);
            if (model[1] < 0) {
                model = new double[] {mean, 0};
            }
            double scatter = scatter(level, path, use, model);
            for (int t = 0; t < level.length; t++) {
                double miss = Math.abs(level[t] - model[0] - model[1] * path[t]);
                weight[t] = miss <= 1.5 * scatter ? 1 : 1.5 * scatter / miss;
            }
        }
        return model;
    }

    private static double scatter(double[] level, double[] path, boolean[] use, double[] model) {
        double[] misses = new double[level.length];
        int n = 0;
        for (int t = 0; t < level.length; t++) {
            if (use[t]) {
                misses[n++] = Math.abs(level[t] - model[0] - model[1] * path[t]);
            }
        }
        return 1.4826 * median(Arrays.copyOf(misses, n));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int n = values.length;
        return n == 0 ? 0 : (values[n / 2] + values[(n - 1) / 2]) / 2;
    }

    /** The series without its background; the series itself where nothing was taken off. */
    public TiltSeries cleaned() {
        return cleaned;
    }

    /**
     * The series without its background and without the texture of its support film, which is mapped from what the
     * images show beside the particle, as a thin sheet that tilts with it; {@link #cleaned()} where the specimen fills the
     * field, the images do not agree on such a sheet, or it would be more uneven than the film is bright.
     *
     * @param alignment of the same images
     */
    public TiltSeries cleaned(Alignment alignment) {
        if (fillsField || cleaned.tilts() < LEAST_FOR_A_FILM) {
            return cleaned;
        }
        FilmMap map = FilmMap.of(images, alignment.forTilts(cleaned.geometry().tiltsDeg()), offset);
        if (!map.explains()) {
            return cleaned;
        }
        List<Image> without = new ArrayList<>();
        double squares = 0;
        for (int t = 0; t < cleaned.tilts(); t++) {
            Image image = cleaned.image(t);
            double[] texture = map.unevenness(t);
            double cos = Math.cos(Math.toRadians(cleaned.geometry().tiltDeg(t)));
            for (int i = 0; i < texture.length; i++) {
                image.values()[i] -= (float) texture[i];
                squares += texture[i] * texture[i] * cos * cos / texture.length;
            }
            without.add(image);
        }
        if (squares > film * film * cleaned.tilts()) {
            return cleaned;
        }
        return TiltSeries.of(cleaned.geometry(), without);
    }

    /** Whether the specimen fills the field, so that nothing was taken off. */
    public boolean fillsField() {
        return fillsField;
    }

    /** The detector's offset, in the images' unit; 0 where the specimen fills the field. */
    public double offset() {
        return offset;
    }

    /** The support film's brightness at zero tilt, in the images' unit; 0 where the specimen fills the field. */
    public double film() {
        return film;
    }

    /** A copy of what was taken off each image, in the images' unit. */
    public double[] subtracted() {
        return subtracted.clone();
    }

    /** A copy of the standard deviation of a pixel's noise, per image, in the images' unit. */
    public double[] noiseSd() {
        return noiseSd.clone();
    }

    /** What a user should know. */
    public List<String> warnings() {
        return warnings;
    }

    /** What was found in each image. */
    List<ImageBackground> images() {
        return images;
    }
}
