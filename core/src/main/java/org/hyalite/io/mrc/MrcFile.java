package org.hyalite.io.mrc;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hyalite.grid.Image;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Memory;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Units;

/**
 * Reads MRC files: modes 0, 1, 2, 6 and 12 in either byte order. One section is an image; several are a volume
 * (space group 1 and above, or {@code .rec}) or a stack (space group 0), and a tilt series wherever angles stand in a
 * {@code .rawtlt}, {@code .tlt} or {@code .mdoc} beside them or in the extended header. Row 0 of the file is row 0 of
 * the image: nothing is flipped.
 */
public final class MrcFile implements Format {
    private static final Set<String> ENDINGS = Set.of(".mrc", ".map", ".ali", ".st", ".rec");
    private static final double SQUARE = 1e-3;

    private MrcFile() {}

    /** The format. */
    public static MrcFile format() {
        return new MrcFile();
    }

    @Override
    public String name() {
        return "MRC (.mrc .map .ali .st .rec)";
    }

    @Override
    public boolean recognises(Path file) {
        return ENDINGS.contains(ending(file));
    }

    @Override
    public Recording read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < MrcHeader.BYTES) {
                throw MalformedFileException.at(
                        file, size, "the file ends within its header of " + MrcHeader.BYTES + " bytes");
            }
            MrcHeader header = MrcHeader.read(file, bytes(channel, 0, MrcHeader.BYTES), size);
            FeiHeader fei = FeiHeader.read(file, header, at -> bytes(channel, at.from(), at.length()));
            return record(file, channel, header, fei);
        } catch (EOFException e) {
            throw new MalformedFileException(file, "reading it", "it ends too early", e);
        } catch (IOException e) {
            throw new MalformedFileException(
                    file, "reading it", e.getClass().getSimpleName() + " " + e.getMessage(), e);
        }
    }

    private static Recording record(Path file, FileChannel channel, MrcHeader header, FeiHeader fei)
            throws IOException {
        List<String> warnings = new ArrayList<>();
        double pixelNm = pixelNm(header, fei, warnings);
        Optional<TiltAngles> angles = angles(file, header, warnings);
        Statistics.Collector statistics = new Statistics.Collector();
        List<Image> images = images(file, channel, header, pixelNm, statistics);

        Acquisition known = fei.addTo(Acquisition.nothing());
        if (!Double.isNaN(pixelNm)) {
            known = known.with(Key.PIXEL_SIZE, pixelNm, fei.pixelNm().isPresent() ? fei.pixelTag() : "CELLA.X / MX");
        }
        if (angles.isPresent()) {
            String source = angles.get().file().getFileName().toString();
            List<Double> degrees = angles.get().degrees();
            known = header.planes() == 1
                    ? known.with(Key.TILT, degrees.get(0), source)
                    : known.withNumbers(Key.TILTS, degrees, source);
        }
        boolean tilted = known.numbers(Key.TILTS).isPresent();
        boolean volume = !tilted && (header.group() != 0 || ending(file).equals(".rec"));

        List<Axis> axes = new ArrayList<>();
        double[] steps = header.stepsAngstrom();
        if (header.planes() > 1) {
            axes.add(
                    volume
                            ? axis("z", header.planes(), steps[2])
                            : tiltAxis(header.planes(), known.numbers(Key.TILTS).orElse(List.of())));
        }
        axes.add(axis("y", header.ny(), steps[1]));
        axes.add(axis("x", header.nx(), steps[0]));
        Signal.Data data = header.planes() == 1 ? new Signal.Picture(images.get(0)) : new Signal.Stack(images, volume);
        Signal signal = new Signal("", axes, statistics.get(), known, data);
        return new Recording(file, format().name(), List.of(signal), warnings);
    }

    private static Axis axis(String name, int size, double stepAngstrom) {
        return stepAngstrom == 0
                ? new Axis(name, size, 1, 0, "")
                : new Axis(name, size, stepAngstrom / Units.ANGSTROM_PER_NM, 0, "nm");
    }

    /** Index by index, unless the tilts are evenly spaced. */
    private static Axis tiltAxis(int size, List<Double> tilts) {
        if (tilts.size() == size) {
            double step = (tilts.get(size - 1) - tilts.get(0)) / (size - 1);
            boolean even = step != 0;
            for (int i = 0; i < size; i++) {
                even &= Math.abs(tilts.get(0) + i * step - tilts.get(i)) <= 1e-3 * Math.abs(step);
            }
            if (even) {
                return new Axis("tilt", size, step, tilts.get(0), "deg");
            }
        }
        return new Axis("tilt", size, 1, 0, "");
    }

    private static double pixelNm(MrcHeader header, FeiHeader fei, List<String> warnings) {
        double x = header.stepsAngstrom()[0] / Units.ANGSTROM_PER_NM;
        double y = header.stepsAngstrom()[1] / Units.ANGSTROM_PER_NM;
        if (fei.pixelNm().isPresent()) {
            return fei.pixelNm().get();
        }
        if (x == 0 || y == 0) {
            warnings.add("the file gives no pixel size (its cell is zero)");
            return Double.NaN;
        }
        if (x < 0 || y < 0) {
            warnings.add("the pixel size " + x + " × " + y + " nm is negative and not used");
            return Double.NaN;
        }
        if (Math.abs(x - y) > SQUARE * x) {
            warnings.add("pixels of " + x + " × " + y + " nm are not square; no pixel size is taken from the file");
            return Double.NaN;
        }
        double z = header.stepsAngstrom()[2] / Units.ANGSTROM_PER_NM;
        if (header.group() != 0 && header.planes() > 1 && Math.abs(x - z) > SQUARE * x) {
            warnings.add("its voxels are " + x + " nm wide and " + z + " nm high; " + x + " nm is taken for both");
        }
        return x;
    }

    private static Optional<TiltAngles> angles(Path file, MrcHeader header, List<String> warnings) {
        if (ending(file).equals(".rec")) {
            return Optional.empty(); // a reconstruction has sections, not tilts, and shares its series' base name
        }
        List<TiltAngles> found = TiltAngles.candidates(file).stream()
                .map(TiltAngles::read)
                .flatMap(Optional::stream)
                .limit(2)
                .toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        TiltAngles angles = found.get(0);
        if (angles.degrees().size() != header.planes()) {
            throw new MalformedFileException(
                    file,
                    "its " + header.planes() + (header.planes() == 1 ? " image" : " images"),
                    angles.file() + " beside it has " + angles.degrees().size()
                            + " angles; there must be one per image");
        }
        if (found.size() > 1) {
            warnings.add("tilts are taken from " + angles.file().getFileName() + ", not from "
                    + found.get(1).file().getFileName());
        }
        return Optional.of(angles);
    }

    private static List<Image> images(
            Path file, FileChannel channel, MrcHeader header, double pixelNm, Statistics.Collector statistics)
            throws IOException {
        int ny = header.ny();
        int nx = header.nx();
        if ((long) ny * nx > Integer.MAX_VALUE - 8) {
            throw new UnsupportedFileException(file, "images of " + ny + " × " + nx + " pixels are too large");
        }
        long memory = Float.BYTES * (long) ny * nx * header.planes();
        Memory.require(file, "a stack of " + header.planes() + " × " + ny + " × " + nx + " pixels", memory);
        long at = MrcHeader.BYTES + header.extendedBytes();
        int rowBytes = nx * header.sample().bytes;
        ByteBuffer row = ByteBuffer.allocate(rowBytes).order(header.order());
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < header.planes(); i++) {
            float[] values = new float[ny * nx];
            for (int y = 0; y < ny; y++) {
                fill(channel, at, row);
                at += rowBytes;
                MrcPixels.decode(header.sample(), row, values, y * nx, nx);
                for (int x = 0; x < nx; x++) {
                    float v = values[y * nx + x];
                    if (!Float.isFinite(v)) {
                        throw new MalformedFileException(
                                file,
                                "image " + i + ", pixel (y " + y + ", x " + x + ")",
                                "it holds " + v + ", which is no intensity");
                    }
                    statistics.add(v);
                }
            }
            images.add(Image.of(ny, nx, pixelNm, values));
        }
        return images;
    }

    private static byte[] bytes(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        fill(channel, at, buffer);
        return buffer.array();
    }

    private static void fill(FileChannel channel, long at, ByteBuffer buffer) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
        buffer.flip();
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }
}
