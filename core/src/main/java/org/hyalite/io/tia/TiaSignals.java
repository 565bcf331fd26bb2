package org.hyalite.io.tia;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.tia.SerSeries.Calibration;
import org.hyalite.io.tia.SerSeries.Dimension;
import org.hyalite.io.tia.TiaMetadata.Measured;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Units;

/**
 * Makes a signal of a series. Elements have no unit in the file: TIA writes metres (1/m for diffraction) for images and
 * eV for spectra. An image's first row in the file is its lowest; here row 0 is the highest.
 */
final class TiaSignals {
    /** No image has larger pixels, m; what is larger are steps in 1/m. */
    private static final double LARGEST_PIXEL = 1e-3;
    /** No spectrum has finer channels, eV; what is finer are steps of a profile in m. */
    private static final double FINEST_CHANNEL = 1e-5;
    /** Energy losses do not reach so far, keV. */
    private static final double ONLY_XRAYS = 5;

    private final SerSeries series;
    private final TiaMetadata metadata;
    private final List<String> warnings;
    private final Statistics.Collector statistics = new Statistics.Collector();

    private TiaSignals(SerSeries series, TiaMetadata metadata, List<String> warnings) {
        this.series = series;
        this.metadata = metadata;
        this.warnings = warnings;
    }

    static Signal of(SerSeries series, TiaMetadata metadata, List<String> warnings) {
        TiaSignals signals = new TiaSignals(series, metadata, warnings);
        if (series.recorded() < series.planned()) {
            signals.warn("the recording was stopped after " + series.recorded() + " of " + series.planned()
                    + " points; the others are missing");
        }
        return series.images() ? signals.images() : signals.spectra();
    }

    private Signal images() {
        if (series.scan().size() > 1) {
            throw new UnsupportedFileException(
                    file(),
                    "an image at every point of a scan of " + series.scan().size() + " dimensions is not read");
        }
        SerSeries.Shape shape = series.shape();
        double pixelNm = pixelNm(shape.x(), shape.y());
        series.requireMemory(4.0 * series.recorded() * shape.values());
        List<Image> images = new ArrayList<>();
        series.forEach((e, values) -> {
            float[] image = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                int y = shape.ny() - 1 - i / shape.nx();
                int x = i % shape.nx();
                if (!Float.isFinite((float) values[i])) {
                    throw new MalformedFileException(
                            file(),
                            "image " + e + ", pixel (y " + y + ", x " + x + ")",
                            "it holds " + values[i] + ", which is no intensity");
                }
                statistics.add(values[i]);
                image[y * shape.nx() + x] = (float) values[i];
            }
            images.add(Image.of(shape.ny(), shape.nx(), pixelNm, image));
        });
        List<Axis> axes = new ArrayList<>();
        if (images.size() > 1) {
            axes.add(new Axis("tilt", images.size(), 1, 0, ""));
        }
        axes.add(place("y", shape.ny(), shape.y(), !Double.isNaN(pixelNm)));
        axes.add(place("x", shape.nx(), shape.x(), !Double.isNaN(pixelNm)));
        Acquisition known = metadata.addScan(metadata.common(pixelNm, "CalibrationDeltaX of the element, in m"));
        return new Signal(
                metadata.name(),
                axes,
                statistics.get(),
                known,
                images.size() > 1 ? new Signal.Stack(images, false) : new Signal.Picture(images.get(0)));
    }

    private Signal spectra() {
        SerSeries.Shape shape = series.shape();
        double stepEv = shape.x().step();
        if (!(stepEv >= FINEST_CHANNEL)) {
            throw new UnsupportedFileException(
                    file(), "profiles in steps of " + stepEv + " are no spectra; they are not read");
        }
        EnergyAxis energy = new EnergyAxis(shape.nx(), shape.x().first() / Units.EV_PER_KEV, stepEv / Units.EV_PER_KEV);
        Axis axis = new Axis("energy", energy.channels(), energy.gainKeV(), energy.offsetKeV(), "keV");
        Measured measured = measured(energy);
        return series.planned() == 1 ? spectrum(energy, axis, measured) : map(energy, axis, measured);
    }

    private Measured measured(EnergyAxis energy) {
        Measured measured = metadata.measured();
        if (measured == Measured.UNSAID && energy.lastKeV() > ONLY_XRAYS) {
            warn("taken as X-rays, since its energies reach " + String.format(Locale.ROOT, "%.3g", energy.lastKeV())
                    + " keV; no file says so");
            return Measured.XRAYS;
        }
        if (measured == Measured.UNSAID) {
            warn("no file says whether these are X-rays or energy losses: no element is counted from them");
        } else if (measured == Measured.LOSSES) {
            warn("energy losses (EELS), not X-rays: no element is counted from them");
        }
        return measured;
    }

    private Signal spectrum(EnergyAxis energy, Axis axis, Measured measured) {
        double[] counts = new double[energy.channels()];
        series.forEach((e, values) -> {
            requireCounts(values, "", measured);
            System.arraycopy(values, 0, counts, 0, counts.length);
        });
        Acquisition known = metadata.common(Double.NaN, "");
        return new Signal(
                metadata.name(),
                List.of(axis),
                statistics.get(),
                addTimes(known, measured, false),
                new Signal.SingleSpectrum(
                        measured == Measured.XRAYS ? Spectrum.of(energy, counts) : Spectrum.signed(energy, counts)));
    }

    private Signal map(EnergyAxis energy, Axis energyAxis, Measured measured) {
        List<Dimension> scan = series.scan();
        if (scan.size() > 2) {
            throw new UnsupportedFileException(
                    file(), "spectra over " + scan.size() + " dimensions are not read, only over one or two");
        }
        Dimension x = scan.get(0);
        Dimension y = scan.get(scan.size() - 1);
        boolean lengths = scan.stream().allMatch(d -> d.unit().equals("meters"));
        if (!lengths) {
            warn("its points are counted by '" + x.description() + "'" + " in '" + x.unit()
                    + "', so there is no pixel size");
        }
        double pixelNm = lengths ? pixelNm(x.calibration(), y.calibration()) : Double.NaN;
        int nx = x.size();
        int ny = scan.size() == 2 ? y.size() : 1;
        boolean whole = measured == Measured.XRAYS && !series.shape().kind().isFloat();
        series.requireMemory(series.recorded() * (whole ? 16.0 : 16 + 4.0 * energy.channels()));
        SpectrumImage.Builder builder = whole
                ? SpectrumImage.whole(ny, nx, pixelNm, energy)
                : measured == Measured.XRAYS
                        ? SpectrumImage.fractional(ny, nx, pixelNm, energy)
                        : SpectrumImage.signed(ny, nx, pixelNm, energy);
        series.forEach((e, values) -> {
            String place = "pixel (y " + e / nx + ", x " + e % nx + "), ";
            requireCounts(values, place, measured);
            if (whole) {
                builder.pixel(
                        e / nx,
                        e % nx,
                        Arrays.stream(values).mapToInt(v -> (int) v).toArray());
            } else {
                float[] floats = new float[values.length];
                for (int c = 0; c < floats.length; c++) {
                    floats[c] = (float) values[c];
                }
                builder.pixel(e / nx, e % nx, floats);
            }
        });
        List<Axis> axes = new ArrayList<>(List.of(place("x", nx, x.calibration(), lengths), energyAxis));
        if (scan.size() == 2) {
            axes.add(0, place("y", ny, y.calibration(), lengths));
        }
        Acquisition known = metadata.common(pixelNm, "CalibrationDelta of the scan, in meters");
        return new Signal(
                metadata.name(),
                axes,
                statistics.get(),
                addTimes(known, measured, true),
                new Signal.Maps(List.of(builder.build())));
    }

    private Acquisition addTimes(Acquisition known, Measured measured, boolean map) {
        if (measured == Measured.LOSSES) {
            return metadata.addLosses(known, map);
        }
        List<String> notes = new ArrayList<>();
        Acquisition more = metadata.addXrays(known, notes);
        notes.forEach(this::warn);
        return more;
    }

    private void requireCounts(double[] values, String place, Measured measured) {
        boolean whole = measured == Measured.XRAYS && !series.shape().kind().isFloat();
        double most = whole ? Integer.MAX_VALUE : Float.MAX_VALUE;
        for (int c = 0; c < values.length; c++) {
            if (!(Math.abs(values[c]) <= most) || measured == Measured.XRAYS && values[c] < 0) {
                throw new MalformedFileException(
                        file(), place + "channel " + c, values[c] + " counts are not possible; the file is damaged");
            }
            statistics.add(values[c]);
        }
    }

    /** The edge of a pixel, nm; not a number, with a warning, where there is none. */
    private double pixelNm(Calibration x, Calibration y) {
        double dx = Math.abs(x.step()) * Units.NM_PER_M;
        double dy = Math.abs(y.step()) * Units.NM_PER_M;
        if (Math.abs(x.step()) > LARGEST_PIXEL) {
            warn("its steps of " + x.step()
                    + " are no length in m (a diffraction pattern?), so there is no pixel size");
            return Double.NaN;
        }
        if (!(dx > 0) || !(dy > 0)) {
            warn("it gives no pixel size (its steps are zero)");
            return Double.NaN;
        }
        if (Math.abs(dx - dy) > 1e-3 * dx) {
            warn("pixels of " + (float) dx + " × " + (float) dy + " nm are not square; no pixel size is taken");
            return Double.NaN;
        }
        return dx;
    }

    private static Axis place(String name, int size, Calibration calibration, boolean length) {
        return length && calibration.step() != 0
                ? new Axis(name, size, calibration.step() * Units.NM_PER_M, calibration.first() * Units.NM_PER_M, "nm")
                : new Axis(name, size, 1, 0, "");
    }

    private Path file() {
        return series.in().file();
    }

    private void warn(String what) {
        warnings.add(file().getFileName() + ": " + what);
    }
}
