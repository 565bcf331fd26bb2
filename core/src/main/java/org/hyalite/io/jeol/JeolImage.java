package org.hyalite.io.jeol;

import java.nio.file.Path;
import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.FileBytes;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/**
 * An image or the map of one line ({@code .img}, {@code .map}): the bytes {@code 34 0 0 0 JED-2200…}, at byte 44 where the
 * tags stand (after 12 more bytes), and in the tags the pixels, {@code [y, x]}.
 */
final class JeolImage {
    static final int MAGIC = 52;
    static final String FORM = "JED-2200";

    private static final int POINTERS = 36;
    private static final int BEFORE_TAGS = 12;
    private static final int LARGEST_SIDE = 1 << 14;
    private static final int LARGEST_FILE = 1 << 29;

    private JeolImage() {}

    static Signal read(Path file, List<String> warnings) {
        FileBytes in = FileBytes.whole(file, LARGEST_FILE);
        in.require(in.i32() == MAGIC, "a JEOL image starts with " + MAGIC + ", this file does not");
        String form = in.text(FORM.length());
        in.require(form.equals(FORM), "a JEOL image says " + FORM + " here, this file does not");
        in.seek(POINTERS + 2L * Integer.BYTES);
        long data = in.u32();
        Tag root = Tag.read(in.seek(data).skip(BEFORE_TAGS));
        Tag image = root.need("Image");
        Tag bits = image.need("Bits");
        Tag sizeTag = image.need("Size");
        double[] size = sizeTag.numbers();
        if (size.length != 2 || !isSide(size[0]) || !isSide(size[1])) {
            throw sizeTag.malformed(
                    "a width and a height of 1…" + LARGEST_SIDE + " pixels were expected; the file is damaged");
        }
        int nx = (int) size[0];
        int ny = (int) size[1];
        if (bits.size() != (long) ny * nx) {
            throw bits.malformed(bits.size() + " values, expected " + ny + " × " + nx + "; the file is damaged");
        }
        Acquisition known = Settings.beam(root.find("Instrument"), "AccV");
        double pixelNm =
                Settings.pixelNm(root.find("Instrument", "ScanSize"), root.find("Instrument", "Mag"), ny, nx, warnings);
        if (pixelNm > 0) {
            known = known.with(Key.PIXEL_SIZE, pixelNm, "Instrument/ScanSize / Mag / pixels");
        }
        return picture(image.find("Title").map(Tag::text).orElse(""), ny, nx, pixelNm, bits.pixels(), known);
    }

    /** A picture with its axes and statistics; {@code pixelNm} is {@code NaN} where it is not known. */
    static Signal picture(String name, int ny, int nx, double pixelNm, float[] values, Acquisition known) {
        Statistics.Collector statistics = new Statistics.Collector();
        for (float value : values) {
            statistics.add(value);
        }
        return new Signal(
                name,
                axes(ny, nx, pixelNm),
                statistics.get(),
                known,
                new Signal.Picture(Image.of(ny, nx, pixelNm, values)));
    }

    static List<Axis> axes(int ny, int nx, double pixelNm) {
        return pixelNm > 0
                ? List.of(new Axis("y", ny, pixelNm, 0, "nm"), new Axis("x", nx, pixelNm, 0, "nm"))
                : List.of(new Axis("y", ny, 1, 0, ""), new Axis("x", nx, 1, 0, ""));
    }

    private static boolean isSide(double pixels) {
        return pixels >= 1 && pixels <= LARGEST_SIDE && pixels == Math.rint(pixels);
    }
}
