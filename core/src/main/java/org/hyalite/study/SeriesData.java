package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hyalite.grid.TiltSeries;
import org.hyalite.study.SeriesReconstruction.Misfit;
import org.hyalite.study.SeriesReconstruction.Request;
import org.hyalite.study.recipe.Experiment.Source;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.DataTerm;

/**
 * One aligned series of a file with all that its data term needs.
 *
 * @param images {@code [tilt, y, x]}, tilts ascending
 * @param errors standard error of every pixel, where they were given
 * @param unit of the volume
 */
record SeriesData(TiltSeries images, Optional<TiltSeries> errors, DataTerm term, String unit) {
    /** Reads what the request names, and holds it together. */
    static SeriesData load(Request request, StudyRecord record) {
        return new Loader(request, record).load();
    }

    /** Opens the files of one request. */
    private record Loader(Request request, StudyRecord record) {
        SeriesData load() {
            TiltSeries images = series(request.file());
            if (request.misfit() instanceof Misfit.WeightedLeastSquares weighted) {
                TiltSeries errors = alike("standard errors", weighted.standardErrors(), images);
                return new SeriesData(images, Optional.of(errors), new DataTerm.WeightedLeastSquares(), "per nm");
            }
            if (request.misfit() instanceof Misfit.Counts counts) {
                double[] perUnit = new double[images.tilts()];
                Arrays.fill(perUnit, counts.countsPerUnit());
                DataTerm term = new DataTerm.KullbackLeibler(background(counts.background(), images), perUnit);
                return new SeriesData(
                        images, Optional.empty(), term, counts.countsPerUnit() == 1 ? "counts/nm" : "per nm");
            }
            return new SeriesData(images, Optional.empty(), new DataTerm.LeastSquares(), "per nm");
        }

        private TiltSeries background(String given, TiltSeries images) {
            double number;
            try {
                number = Double.parseDouble(given);
            } catch (NumberFormatException e) {
                return alike("background", Path.of(given), images);
            }
            // as it will be held: what a float rounds to zero is none
            float value = (float) number;
            if (!(value > 0) || Float.isInfinite(value)) {
                throw new InputException("--background " + given + " is not a positive number of counts");
            }
            TiltSeries all = TiltSeries.zeros(images.geometry(), images.ny(), images.nx(), images.pixelNm());
            for (float[] block : all.blocks()) {
                Arrays.fill(block, value);
            }
            return all;
        }

        private TiltSeries series(Path file) {
            Source source = new Source(
                    Path.of(""),
                    file.toString(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            TiltSeries data =
                    new SeriesLoader(record, 1).adf(file.getFileName().toString(), source, request.axisAlongX());
            return data.select(IntStream.iterate(0, i -> i + request.every())
                    .limit((data.tilts() + request.every() - 1) / request.every())
                    .toArray());
        }

        /** A series that belongs to the images, pixel by pixel; its values must be positive. */
        private TiltSeries alike(String what, Path file, TiltSeries images) {
            if (!Files.exists(file)) {
                throw new InputException(
                        file + ": no such file; the " + what + " of " + request.file() + " are expected");
            }
            TiltSeries other = series(file);
            if (other.tilts() != images.tilts() || other.ny() != images.ny() || other.nx() != images.nx()) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "%s: %d images of %d × %d pixels, but %s has %d of %d × %d",
                        file,
                        other.tilts(),
                        other.ny(),
                        other.nx(),
                        request.file(),
                        images.tilts(),
                        images.ny(),
                        images.nx()));
            }
            for (int t = 0; t < images.tilts(); t++) {
                double tilt = images.geometry().tiltDeg(t);
                if (Math.abs(other.geometry().tiltDeg(t) - tilt) > SeriesLoader.SAME_TILT_DEG) {
                    throw new InputException(file + ": image " + t + " is at "
                            + other.geometry().tiltDeg(t) + "°, that of " + request.file() + " at " + tilt + "°");
                }
            }
            for (float[] block : other.blocks()) {
                for (float value : block) {
                    if (!(value > 0)) {
                        throw new InputException(file + ": holds a pixel of " + value + "; all must be positive");
                    }
                }
            }
            return other;
        }
    }
}
