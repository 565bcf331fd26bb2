package org.hyalite.io.ripple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;

/**
 * Reads Ripple files with HyperSpy's additions: spectra at every pixel, {@code [y, x, energy]} in counts, in either order
 * of the file; one spectrum; one image or planes of images. Sizes are held against the {@code .raw} file before anything
 * is allocated.
 */
public final class RippleFile implements Format {
    private static final String NAME = "Lispix Ripple";

    private RippleFile() {}

    public static RippleFile format() {
        return new RippleFile();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** A {@code .rpl} file, or a {@code .raw} file with a {@code .rpl} beside it. */
    @Override
    public boolean recognises(Path file) {
        return ends(file, ".rpl") || ends(file, ".raw") && described(file).isPresent();
    }

    @Override
    public Recording read(Path file) {
        Path rpl = file;
        if (ends(file, ".raw")) {
            rpl = described(file)
                    .orElseThrow(() -> new UnsupportedFileException(
                            file, "bare numbers; put the .rpl file that describes them beside it"));
        }
        Parameters parameters = Parameters.read(rpl);
        Layout layout = Layout.of(parameters);
        Calibration calibration = Calibration.of(parameters, layout);
        RawReader reader = RawReader.of(layout);
        Signal signal = layout.depth() == 1 || layout.byImage() && !calibration.isSpectral()
                ? images(reader, layout, calibration)
                : spectra(reader, layout, calibration);
        return new Recording(rpl, NAME, List.of(signal), calibration.warnings());
    }

    private static Signal images(RawReader reader, Layout layout, Calibration calibration) {
        float[][] planes = new float[layout.depth()][layout.height() * layout.width()];
        reader.pixels((y, x, values) -> {
            for (int d = 0; d < values.length; d++) {
                if (!Float.isFinite((float) values[d])) {
                    throw new MalformedFileException(
                            layout.raw(),
                            "plane " + d + ", pixel (" + y + ", " + x + ")",
                            "the value is " + values[d] + "; give it a number before it is read");
                }
                planes[d][y * layout.width() + x] = (float) values[d];
            }
        });
        List<Image> images = new ArrayList<>();
        for (float[] plane : planes) {
            images.add(Image.of(layout.height(), layout.width(), calibration.pixelNm(), plane));
        }
        List<Axis> axes = new ArrayList<>(List.of(calibration.y(), calibration.x()));
        Signal.Data data;
        if (layout.depth() == 1) {
            data = new Signal.Picture(images.get(0));
        } else {
            axes.add(0, calibration.planes());
            data = new Signal.Stack(images, calibration.isVolume());
        }
        return new Signal(calibration.title(), axes, reader.statistics(), calibration.acquisition(), data);
    }

    private static Signal spectra(RawReader reader, Layout layout, Calibration calibration) {
        EnergyAxis energy = calibration.energyAxis();
        boolean xrays = calibration.isXrays();
        boolean whole = xrays && layout.kind() != Layout.Kind.FLOAT;
        if (layout.height() == 1 && layout.width() == 1) {
            double[] counts = new double[layout.depth()];
            reader.pixels((y, x, values) -> {
                requireCounts(layout, y, x, values, xrays);
                System.arraycopy(values, 0, counts, 0, counts.length);
            });
            return new Signal(
                    calibration.title(),
                    List.of(calibration.energy()),
                    reader.statistics(),
                    calibration.acquisition(),
                    new Signal.SingleSpectrum(xrays ? Spectrum.of(energy, counts) : Spectrum.signed(energy, counts)));
        }
        SpectrumImage.Builder builder = whole
                ? SpectrumImage.whole(layout.height(), layout.width(), calibration.pixelNm(), energy)
                : xrays
                        ? SpectrumImage.fractional(layout.height(), layout.width(), calibration.pixelNm(), energy)
                        : SpectrumImage.signed(layout.height(), layout.width(), calibration.pixelNm(), energy);
        int[] counts = new int[layout.depth()];
        reader.pixels((y, x, values) -> {
            requireCounts(layout, y, x, values, xrays);
            if (whole) {
                for (int c = 0; c < counts.length; c++) {
                    counts[c] = (int) values[c];
                }
                builder.pixel(y, x, counts);
            } else {
                float[] fractional = new float[values.length];
                for (int c = 0; c < fractional.length; c++) {
                    fractional[c] = (float) values[c];
                }
                builder.pixel(y, x, fractional);
            }
        });
        return new Signal(
                calibration.title(),
                List.of(calibration.y(), calibration.x(), calibration.energy()),
                reader.statistics(),
                calibration.acquisition(),
                new Signal.Maps(List.of(builder.build())));
    }

    private static void requireCounts(Layout layout, int y, int x, double[] values, boolean xrays) {
        double most = layout.kind() == Layout.Kind.FLOAT ? Float.MAX_VALUE : Integer.MAX_VALUE;
        for (int c = 0; c < values.length; c++) {
            if (!(Math.abs(values[c]) <= most) || xrays && values[c] < 0) {
                throw new MalformedFileException(
                        layout.raw(),
                        "pixel (" + y + ", " + x + "), channel " + c,
                        values[c] + " counts are not possible; the file is damaged, or its .rpl gives a wrong"
                                + " data-type or byte-order");
            }
        }
    }

    private static boolean ends(Path file, String ending) {
        return file.getFileName() != null
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private static Optional<Path> described(Path raw) {
        for (String ending : new String[] {".rpl", ".RPL", ".Rpl"}) {
            Path rpl = Layout.rawBeside(raw, ending);
            if (Files.isRegularFile(rpl)) {
                return Optional.of(rpl);
            }
        }
        return Optional.empty();
    }
}
