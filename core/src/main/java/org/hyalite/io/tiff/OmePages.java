package org.hyalite.io.tiff;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/** Lays the images of OME-XML out over the pages of their file: one signal per channel. */
final class OmePages {
    private OmePages() {}

    /** @param pages how many pages the file has */
    static List<Stored> read(Path file, OmeXml ome, int pages) {
        Acquisition known = KnownText.read(ome.words(), "OME-XML");
        List<Stored> all = new ArrayList<>();
        for (OmeXml.Image image : ome.images()) {
            lay(file, image, pages, known, all);
        }
        return all;
    }

    private static void lay(Path file, OmeXml.Image image, int pages, Acquisition known, List<Stored> all) {
        if (image.colours) {
            throw new UnsupportedFileException(
                    file, "its channels have several samples per pixel; save each channel on its own");
        }
        if ((double) image.z * image.c * image.t > pages) {
            throw damaged(
                    file,
                    image.z + " × " + image.c + " × " + image.t + " planes (z, c, t), but the file has " + pages
                            + " pages");
        }
        int[][][] at = pages(file, image, pages);
        boolean tilted = known.numbers(Key.TILTS).isPresent();
        boolean eachTime = image.z > 1 && image.t > 1;
        for (int c = 0; c < image.c; c++) {
            for (int t = 0; t < (eachTime ? image.t : 1); t++) {
                List<Stored.Plane> planes = new ArrayList<>();
                for (int k = 0; k < (eachTime ? image.z : image.z * image.t); k++) {
                    int z = image.z > 1 ? k : 0;
                    int time = eachTime ? t : image.z > 1 ? 0 : k;
                    planes.add(new Stored.Plane(at[c][time][z], 0, 0));
                }
                String channel = c < image.channels.size() ? image.channels.get(c) : "";
                String name = channel.isEmpty() ? image.name + (image.c > 1 ? " channel " + (c + 1) : "") : channel;
                boolean volume = image.z > 1 && !tilted && image.zNm > 0;
                all.add(new Stored(
                        (name + (eachTime ? " time " + (t + 1) : "")).strip(),
                        planes,
                        volume,
                        image.zNm,
                        image.yNm,
                        image.xNm,
                        "OME-XML PhysicalSizeX",
                        known));
            }
        }
    }

    /** The page of each plane, {@code [c][t][z]}. */
    private static int[][][] pages(Path file, OmeXml.Image image, int pages) {
        int[][][] at = new int[image.c][image.t][image.z];
        for (int[][] c : at) {
            for (int[] t : c) {
                Arrays.fill(t, -1);
            }
        }
        int total = image.z * image.c * image.t;
        List<OmeXml.Where> where = image.where.isEmpty() ? List.of(new OmeXml.Where(-1, -1, 0, 0, 0, "")) : image.where;
        for (OmeXml.Where w : where) {
            if (!w.otherFile().isEmpty()
                    && !w.otherFile().equals(file.getFileName().toString())
                    && where.size() > 1) {
                throw new UnsupportedFileException(
                        file, "some of its planes lie in " + w.otherFile() + "; save all planes in one file");
            }
            int page = Math.max(0, w.page());
            int count = w.count() < 0 ? total : w.count();
            long index = index(image, w.z(), w.c(), w.t());
            if (w.z() >= image.z
                    || w.c() >= image.c
                    || w.t() >= image.t
                    || index + count > total
                    || (long) page + count > pages) {
                throw damaged(
                        file,
                        "TiffData puts " + count + " planes from page " + page + " on; the file has " + pages
                                + " pages, the image " + total + " planes");
            }
            for (int k = 0; k < count; k++) {
                int[] zct = place(image, (int) index + k);
                at[zct[1]][zct[2]][zct[0]] = page + k;
            }
        }
        for (int[][] c : at) {
            for (int[] t : c) {
                for (int page : t) {
                    if (page < 0) {
                        throw damaged(file, "TiffData gives no page for some of the " + total + " planes");
                    }
                }
            }
        }
        return at;
    }

    private static long index(OmeXml.Image image, int z, int c, int t) {
        long index = 0;
        long step = 1;
        for (char axis : image.order.substring(2).toCharArray()) {
            index += step * (axis == 'Z' ? z : axis == 'C' ? c : t);
            step *= axis == 'Z' ? image.z : axis == 'C' ? image.c : image.t;
        }
        return index;
    }

    private static int[] place(OmeXml.Image image, int index) {
        int[] zct = new int[3];
        int rest = index;
        for (char axis : image.order.substring(2).toCharArray()) {
            int size = axis == 'Z' ? image.z : axis == 'C' ? image.c : image.t;
            zct["ZCT".indexOf(axis)] = rest % size;
            rest /= size;
        }
        return zct;
    }

    private static MalformedFileException damaged(Path file, String found) {
        return new MalformedFileException(file, "its OME-XML", found);
    }
}
