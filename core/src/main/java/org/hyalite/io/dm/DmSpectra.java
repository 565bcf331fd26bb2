package org.hyalite.io.dm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.physics.Acquisition;

/**
 * Makes a spectrum, {@code [energy]}, or a spectrum image, {@code [y, x, energy]}, of an image that the tag
 * {@code Meta Data/Format} calls so. The energy is the dimension whose unit is eV or keV: the slowest of a map, the
 * fastest of a line of spectra, as DigitalMicrograph writes them.
 */
final class DmSpectra {
    private static final int AT_ONCE = 1 << 21;
    private static final int SCRATCH = 1 << 18;

    /** What was measured. */
    private enum Measured {
        XRAYS,
        LOSSES,
        UNSAID
    }

    private final DmImage image;
    private final Measured measured;
    private final boolean slowest;
    private final int channels;
    private final int nx;
    private final int ny;
    private final Statistics.Collector statistics = new Statistics.Collector();

    private DmSpectra(DmImage image, Measured measured, boolean slowest, int channels, int ny, int nx) {
        this.image = image;
        this.measured = measured;
        this.slowest = slowest;
        this.channels = channels;
        this.ny = ny;
        this.nx = nx;
    }

    /** Whether the tags call it spectra, or, where they call it nothing, just one dimension is an energy. */
    static boolean isSpectral(DmImage image) {
        return image.text("Meta Data", "Format")
                .map(format -> format.toLowerCase(Locale.ROOT).startsWith("spectrum"))
                .orElseGet(() -> energies(image).size() == 1);
    }

    static Signal of(DmImage image, List<String> warnings) throws DmImage.NotRead {
        List<Integer> energies = energies(image);
        if (energies.size() != 1) {
            throw new DmImage.NotRead(
                    image.shown() + " holds spectra, but " + energies.size()
                            + " of its dimensions have the unit eV or keV, not one; calibrate its energies in DigitalMicrograph");
        }
        int which = energies.get(0);
        List<DmAxis> places = new ArrayList<>(image.axes());
        Axis energy = places.remove(which).named("energy");
        if (!(energy.scale() > 0)) {
            throw new DmImage.NotRead(
                    image.shown() + " has energies in steps of " + energy.scale() + " keV; they must ascend");
        }
        if (which != 0 && which != places.size()) {
            throw new DmImage.NotRead(image.shown() + " has its energies on the second of three dimensions;"
                    + " they are read from the first or the third");
        }
        EnergyAxis axis = new EnergyAxis(energy.size(), energy.offset(), energy.scale());
        Measured measured = measured(image, warnings);
        if (places.stream().allMatch(p -> p.size() == 1)) {
            return spectrum(image, measured, energy, axis);
        }
        int nx = places.get(0).size();
        int ny = places.size() == 2 ? places.get(1).size() : 1;
        DmSpectra spectra = new DmSpectra(image, measured, which > 0, energy.size(), ny, nx);
        double pixelNm = DmPictures.pixelNm(image, places.get(0), places.get(places.size() - 1), warnings);
        Acquisition known = DmMetadata.of(image, pixelNm);
        known = measured == Measured.LOSSES
                ? DmMetadata.addLosses(image, true, known)
                : DmMetadata.addXrayMap(image, (long) ny * nx, known, warnings);
        SpectrumImage map = spectra.map(pixelNm, axis);
        List<Axis> axes = new ArrayList<>(List.of(places.get(0).named("x"), energy));
        if (places.size() == 2) {
            axes.add(0, places.get(1).named("y"));
        }
        return new Signal(image.name(), axes, spectra.statistics.get(), known, new Signal.Maps(List.of(map)));
    }

    private static List<Integer> energies(DmImage image) {
        return IntStream.range(0, image.axes().size())
                .filter(i -> image.axes().get(i).kind() == DmAxis.Kind.ENERGY)
                .boxed()
                .toList();
    }

    private static Measured measured(DmImage image, List<String> warnings) {
        String signal = image.text("Meta Data", "Signal").orElse("");
        boolean losses = signal.equalsIgnoreCase("EELS");
        boolean xrays = signal.equalsIgnoreCase("X-ray");
        if (!losses && !xrays && signal.isEmpty()) {
            losses = image.tags().group("EELS").isPresent();
            xrays = image.tags().group("EDS").isPresent();
        }
        if (losses == xrays) {
            warnings.add(image.shown() + ": its tags do not say whether it holds X-rays or energy losses"
                    + (signal.isEmpty() ? "" : " but '" + signal + "'"));
            return Measured.UNSAID;
        }
        if (losses) {
            warnings.add(image.shown() + ": energy losses (EELS), not X-rays: no element is counted from them");
        }
        return losses ? Measured.LOSSES : Measured.XRAYS;
    }

    private static Signal spectrum(DmImage image, Measured measured, Axis energy, EnergyAxis axis) {
        int channels = axis.channels();
        image.requireMemory(2.0 * Double.BYTES * channels);
        double[] values = new double[channels];
        image.read(0, channels, values, 0, scratch(channels));
        Statistics.Collector statistics = new Statistics.Collector();
        for (int c = 0; c < channels; c++) {
            if (!Double.isFinite(values[c]) || measured == Measured.XRAYS && values[c] < 0) {
                throw image.malformed(", channel " + c, values[c] + " counts; counts are finite and not negative");
            }
            statistics.add(values[c]);
        }
        Acquisition known = DmMetadata.of(image, Double.NaN);
        known = measured == Measured.LOSSES
                ? DmMetadata.addLosses(image, false, known)
                : DmMetadata.addXrays(image, known);
        return new Signal(
                image.name(),
                List.of(energy),
                statistics.get(),
                known,
                new Signal.SingleSpectrum(
                        measured == Measured.XRAYS ? Spectrum.of(axis, values) : Spectrum.signed(axis, values)));
    }

    private SpectrumImage map(double pixelNm, EnergyAxis axis) throws DmImage.NotRead {
        if ((long) ny * nx > Integer.MAX_VALUE - 8) {
            throw new DmImage.NotRead(image.shown() + " has " + ny + " × " + nx + " pixels, which are too many");
        }
        boolean whole = measured == Measured.XRAYS && (isSmall() || allWhole());
        image.requireMemory((double) ny * nx * (whole ? 16.0 : 16 + 4.0 * channels));
        SpectrumImage.Builder builder = whole
                ? SpectrumImage.whole(ny, nx, pixelNm, axis)
                : measured == Measured.XRAYS
                        ? SpectrumImage.fractional(ny, nx, pixelNm, axis)
                        : SpectrumImage.signed(ny, nx, pixelNm, axis);
        int[] counts = new int[channels];
        pixels((pixel, values, from, step) -> {
            float[] fractions = whole ? new float[0] : new float[channels];
            int y = (int) (pixel / nx);
            int x = (int) (pixel % nx);
            for (int c = 0; c < channels; c++) {
                double v = values[from + c * step];
                if (!Float.isFinite((float) v) || measured == Measured.XRAYS && v < 0) {
                    throw image.malformed(
                            ", pixel (y " + y + ", x " + x + "), channel " + c,
                            v + " counts; counts are finite and not negative");
                }
                statistics.add(v);
                if (whole) {
                    counts[c] = (int) v;
                } else {
                    fractions[c] = (float) v;
                }
            }
            if (whole) {
                builder.pixel(y, x, counts);
            } else {
                builder.pixel(y, x, fractions);
            }
            return true;
        });
        return builder.build();
    }

    private boolean isSmall() {
        return !image.kind().isFloat() && image.kind().bytes < Integer.BYTES;
    }

    /** Whether no value needs more than an {@code int}; stops at the first that does. */
    private boolean allWhole() {
        boolean[] whole = {true};
        pixels((pixel, values, from, step) -> {
            for (int c = 0; c < channels && whole[0]; c++) {
                double v = values[from + c * step];
                whole[0] = v == Math.rint(v) && v <= Integer.MAX_VALUE;
            }
            return whole[0];
        });
        return whole[0];
    }

    private static ByteBuffer scratch(long values) {
        return ByteBuffer.allocate((int) Math.min(SCRATCH, Double.BYTES * values));
    }

    /** Receives one pixel's values, {@code values[from + c · step]}; false ends the walk. */
    private interface Pixels {
        boolean pixel(long pixel, double[] values, int from, int step);
    }

    /** Hands out every pixel in order, as many at once as a buffer takes, whichever way they lie in the file. */
    private void pixels(Pixels receiver) {
        long all = (long) ny * nx;
        int atOnce = (int) Math.max(1, Math.min(all, AT_ONCE / channels));
        image.requireMemory((double) Double.BYTES * atOnce * channels);
        double[] values = new double[Math.multiplyExact(atOnce, channels)];
        ByteBuffer scratch = scratch((long) values.length);
        for (long first = 0; first < all; first += atOnce) {
            int count = (int) Math.min(atOnce, all - first);
            if (slowest) {
                for (int c = 0; c < channels; c++) {
                    image.read(c * all + first, count, values, c * count, scratch);
                }
            } else {
                image.read(first * channels, count * channels, values, 0, scratch);
            }
            for (int p = 0; p < count; p++) {
                boolean more = slowest
                        ? receiver.pixel(first + p, values, p, count)
                        : receiver.pixel(first + p, values, p * channels, 1);
                if (!more) {
                    return;
                }
            }
        }
    }
}
