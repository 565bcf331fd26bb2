package org.hyalite.io.stored;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.format.UnsupportedFileException;

/** Turns a stored array into the values of a signal, checking every one. */
public final class StoredData {
    private StoredData() {}

    /** Values and their statistics. */
    public record Read(Signal.Data data, Statistics statistics) {}

    /** A spectrum of X-rays, {@code [energy]}; axes of one value may stand before it. */
    public static Read spectrum(Path file, StoredArray array, Axis energy) {
        return spectrum(file, array, energy, true);
    }

    /** A spectrum, {@code [energy]}, of X-rays or of something else, which may be negative. */
    public static Read spectrum(Path file, StoredArray array, Axis energy, boolean xrays) {
        Statistics.Collector statistics = new Statistics.Collector();
        int last = array.shape().length - 1;
        double[] counts = new double[array.shape()[last]];
        ArrayTiles.of(file, array).forEach((offset, size, values) -> {
            for (int i = 0; i < size[last]; i++) {
                if (!Double.isFinite(values[i]) || xrays && values[i] < 0) {
                    throw notCounts(file, array, "channel " + i, values[i]);
                }
                counts[i] = values[i];
                statistics.add(values[i]);
            }
            return true;
        });
        EnergyAxis axis = energyAxis(energy);
        Spectrum spectrum = xrays ? Spectrum.of(axis, counts) : Spectrum.signed(axis, counts);
        return new Read(new Signal.SingleSpectrum(spectrum), statistics.get());
    }

    /** One image, {@code [y, x]}, or several, {@code [z or tilt, y, x]}. */
    public static Read images(Path file, StoredArray array, boolean volume, double pixelNm) {
        int[] shape = array.shape();
        int rank = shape.length;
        int ny = shape[rank - 2];
        int nx = shape[rank - 1];
        int planes = rank == 3 ? shape[0] : 1;
        ArrayTiles tiles = ArrayTiles.of(file, array);
        if ((long) ny * nx > Integer.MAX_VALUE - 8) {
            throw new UnsupportedFileException(
                    file, array.place() + " has images of " + ny + " × " + nx + " pixels, which are too large");
        }
        tiles.requireMemory(4L * ny * nx * planes);
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < planes; i++) {
            images.add(Image.zeros(ny, nx, pixelNm));
        }
        Statistics.Collector statistics = new Statistics.Collector();
        tiles.forEach((offset, size, values) -> {
            int at = 0;
            int firstPlane = rank == 3 ? offset[0] : 0;
            int tilePlanes = rank == 3 ? size[0] : 1;
            for (int z = firstPlane; z < firstPlane + tilePlanes; z++) {
                Image image = images.get(z);
                for (int y = offset[rank - 2]; y < offset[rank - 2] + size[rank - 2]; y++) {
                    for (int x = 0; x < nx; x++) {
                        double v = values[at++];
                        if (!Double.isFinite(v) || Float.isInfinite((float) v)) {
                            throw new MalformedFileException(
                                    file,
                                    array.place() + ", image " + z + ", pixel (y " + y + ", x " + x + ")",
                                    "it holds " + v + ", which is no intensity");
                        }
                        statistics.add(v);
                        image.set(y, x, (float) v);
                    }
                }
            }
            return true;
        });
        Signal.Data data = rank == 3 ? new Signal.Stack(images, volume) : new Signal.Picture(images.get(0));
        return new Read(data, statistics.get());
    }

    /** Spectra of X-rays; see {@link #maps(Path, StoredArray, boolean, int, double, Axis, boolean)}. */
    public static Read maps(Path file, StoredArray array, boolean tilted, int places, double pixelNm, Axis energy) {
        return maps(file, array, tilted, places, pixelNm, energy, true);
    }

    /**
     * Spectra, {@code [tilt, y, x, energy]} of which the first three may be absent; counts are kept as whole numbers if
     * all of them are.
     *
     * @param tilted whether the first axis is the tilt
     * @param places how many axes there are of y and x
     * @param xrays whether these are counts of X-rays; other values may be negative
     */
    public static Read maps(
            Path file, StoredArray array, boolean tilted, int places, double pixelNm, Axis energy, boolean xrays) {
        int[] shape = array.shape();
        int rank = shape.length;
        int tilts = tilted ? shape[0] : 1;
        int nx = places > 0 ? shape[rank - 2] : 1;
        int ny = places > 1 ? shape[rank - 3] : 1;
        ArrayTiles tiles = ArrayTiles.of(file, array);
        if ((long) ny * nx > Integer.MAX_VALUE - 8) {
            throw new UnsupportedFileException(
                    file, array.place() + " has maps of " + ny + " × " + nx + " pixels, which are too large");
        }
        boolean whole = xrays
                && (array.number().kind() != StoredNumber.Kind.FLOAT
                                && array.number().bytes() < 4
                        || allWhole(tiles));
        int channels = shape[rank - 1];
        tiles.requireMemory((long) tilts * ny * nx * (whole ? 16 : 16 + 4L * channels));
        List<SpectrumImage.Builder> builders = new ArrayList<>();
        EnergyAxis axis = energyAxis(energy);
        for (int t = 0; t < tilts; t++) {
            builders.add(
                    whole
                            ? SpectrumImage.whole(ny, nx, pixelNm, axis)
                            : xrays
                                    ? SpectrumImage.fractional(ny, nx, pixelNm, axis)
                                    : SpectrumImage.signed(ny, nx, pixelNm, axis));
        }
        Statistics.Collector statistics = new Statistics.Collector();
        int[] counts = new int[channels];
        tiles.forEach((offset, size, values) -> {
            int pixels = 1;
            for (int a = 0; a < rank - 1; a++) {
                pixels *= size[a];
            }
            for (int p = 0; p < pixels; p++) {
                int rest = p;
                int x = 0;
                int y = 0;
                if (places > 0) {
                    x = offset[rank - 2] + rest % size[rank - 2];
                    rest /= size[rank - 2];
                }
                if (places > 1) {
                    y = offset[rank - 3] + rest % size[rank - 3];
                    rest /= size[rank - 3];
                }
                int t = tilted ? offset[0] + rest : 0;
                float[] fractions = whole ? new float[0] : new float[channels];
                for (int c = 0; c < channels; c++) {
                    double v = values[p * channels + c];
                    if (!Float.isFinite((float) v) || xrays && v < 0) {
                        String place =
                                (tilted ? "tilt " + t + ", " : "") + "pixel (y " + y + ", x " + x + "), channel " + c;
                        throw notCounts(file, array, place, v);
                    }
                    statistics.add(v);
                    if (whole) {
                        counts[c] = (int) v;
                    } else {
                        fractions[c] = (float) v;
                    }
                }
                if (whole) {
                    builders.get(t).pixel(y, x, counts);
                } else {
                    builders.get(t).pixel(y, x, fractions);
                }
            }
            return true;
        });
        return new Read(
                new Signal.Maps(
                        builders.stream().map(SpectrumImage.Builder::build).toList()),
                statistics.get());
    }

    /** Whether no value needs more than an {@code int}; stops at the first that does. */
    private static boolean allWhole(ArrayTiles tiles) {
        boolean[] whole = {true};
        tiles.forEach((offset, size, values) -> {
            int count = 1;
            for (int s : size) {
                count *= s;
            }
            for (int i = 0; i < count; i++) {
                if (values[i] != Math.rint(values[i]) || values[i] > Integer.MAX_VALUE) {
                    whole[0] = false;
                    return false;
                }
            }
            return true;
        });
        return whole[0];
    }

    private static EnergyAxis energyAxis(Axis energy) {
        return new EnergyAxis(energy.size(), energy.offset(), energy.scale());
    }

    private static MalformedFileException notCounts(Path file, StoredArray array, String where, double value) {
        String shown = value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
        return new MalformedFileException(
                file, array.place() + ", " + where, shown + " counts; counts are finite and not negative");
    }
}
