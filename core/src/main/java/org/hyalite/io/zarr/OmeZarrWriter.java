package org.hyalite.io.zarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Reason;

/**
 * Writes volumes of one shape as the channels of an OME-Zarr image, version 0.4: 32-bit floats, {@code [c, z, y, x]},
 * with a pyramid of levels, each the mean of 2 × 2 × 2 voxels of the one before. A folder appears under its name only
 * when it is whole.
 */
public final class OmeZarrWriter {
    private static final String VERSION = "0.4";
    /** The coarsest level is no larger than this along any axis. */
    private static final int COARSEST = 64;

    private static final String[] COLOURS = {
        "FF0000", "0000FF", "00FF00", "FF00FF", "FFFF00", "00FFFF", "FF8000", "FFFFFF"
    };

    private OmeZarrWriter() {}

    /** The voxels of a volume. */
    public interface Voxels {
        float at(int z, int y, int x);
    }

    /** One channel: its name and its voxels. */
    public record Channel(String name, Voxels voxels) {}

    /**
     * Writes channels.
     *
     * @param directory replaced if it is a Zarr folder already
     * @param name of the image; may be empty
     * @param stepNm distance of voxels along z, y and x, nm; {@code NaN} if it is not known
     * @param unit of the values; may be empty
     * @throws IllegalArgumentException if there is no channel, a voxel is not a finite number, or {@code directory} holds
     *     something that is not Zarr
     * @throws java.io.UncheckedIOException naming the folder, if it cannot be written
     */
    public static void write(
            Path directory, String name, List<Channel> channels, int[] shapeZyx, double[] stepNm, String unit) {
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("there is no channel to be written");
        }
        requireReplaceable(directory);
        AtomicWrite.folder(directory, folder -> {
            List<Map<String, Object>> datasets = new ArrayList<>();
            List<double[]> ranges = new ArrayList<>();
            for (int level = 0; ; level++) {
                int[] shape = {
                    channels.size(), size(shapeZyx[0], level), size(shapeZyx[1], level), size(shapeZyx[2], level)
                };
                LevelRows rows = new LevelRows(channels, shapeZyx, shape, level);
                int[] one = {shape[1], shape[2], shape[3]};
                int[] chunk = ZarrArrayWriter.chunks(one, Float.BYTES);
                ZarrArrayWriter.write(
                        folder.resolve(Integer.toString(level)), rows, ZarrArrayWriter.Number.FLOAT32, new int[] {
                            1, chunk[0], chunk[1], chunk[2]
                        });
                if (level == 0) {
                    ranges.addAll(rows.ranges());
                }
                datasets.add(dataset(level, stepNm));
                if (Math.max(shape[1], Math.max(shape[2], shape[3])) <= COARSEST) {
                    break;
                }
            }
            ZarrFolder.writeGroup(folder, attributes(name, channels, datasets, ranges, stepNm, unit));
        });
    }

    static int size(int finest, int level) {
        return Math.max(1, finest + (1 << level) - 1 >> level);
    }

    private static Map<String, Object> dataset(int level, double[] stepNm) {
        double factor = 1 << level;
        List<Double> scale = new ArrayList<>(List.of(1.0));
        List<Double> shift = new ArrayList<>(List.of(0.0));
        for (double nm : stepNm) {
            double step = Double.isNaN(nm) ? 1 : nm;
            scale.add(step * factor);
            shift.add(step * (factor - 1) / 2);
        }
        List<Map<String, Object>> transformations = new ArrayList<>();
        transformations.add(ordered("type", "scale", "scale", scale));
        if (level > 0) { // the first of the coarser voxels is centred between the finer ones
            transformations.add(ordered("type", "translation", "translation", shift));
        }
        return ordered("path", Integer.toString(level), "coordinateTransformations", transformations);
    }

    private static Map<String, Object> attributes(
            String name,
            List<Channel> channels,
            List<Map<String, Object>> datasets,
            List<double[]> ranges,
            double[] stepNm,
            String unit) {
        List<Map<String, Object>> axes = new ArrayList<>();
        axes.add(ordered("name", "c", "type", "channel"));
        for (int a = 0; a < 3; a++) {
            Map<String, Object> axis = ordered("name", "zyx".substring(a, a + 1), "type", "space");
            if (!Double.isNaN(stepNm[a])) {
                axis.put("unit", "nanometer");
            }
            axes.add(axis);
        }
        Map<String, Object> multiscale =
                ordered("version", VERSION, "name", name, "axes", axes, "datasets", datasets, "type", "mean");
        List<Map<String, Object>> shown = new ArrayList<>();
        for (int c = 0; c < channels.size(); c++) {
            double low = ranges.get(c)[0];
            double high = Math.max(ranges.get(c)[1], Math.nextUp((float) low));
            double start = Math.min(Math.max(0, low), high);
            shown.add(ordered(
                    "label",
                    channels.get(c).name(),
                    "color",
                    COLOURS[c % COLOURS.length],
                    "active",
                    true,
                    "coefficient",
                    1,
                    "family",
                    "linear",
                    "inverted",
                    false,
                    "window",
                    ordered("min", low, "max", high, "start", start, "end", high)));
        }
        Map<String, Object> omero = ordered(
                "id",
                1,
                "name",
                name,
                "version",
                VERSION,
                "channels",
                shown,
                "rdefs",
                ordered("defaultT", 0, "defaultZ", 0, "model", "color"));
        Map<String, Object> all = ordered("multiscales", List.of(multiscale), "omero", omero);
        if (!unit.isEmpty()) {
            all.put("hyalite", Map.of("unit", unit));
        }
        return all;
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static void requireReplaceable(Path directory) {
        if (!Files.exists(directory) || Files.exists(directory.resolve(".zgroup"))) {
            return;
        }
        try (var inside = Files.list(directory)) {
            if (inside.findAny().isEmpty()) {
                return;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    directory + " is there already and is no Zarr folder (" + Reason.of(e) + "): give another name", e);
        }
        throw new IllegalArgumentException(
                directory + " is there already and is no Zarr folder; it is not replaced: give another name");
    }
}
