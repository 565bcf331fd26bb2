package org.hyalite.io.zarr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.Image;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.stored.ArrayTiles;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import tools.jackson.databind.JsonNode;

/**
 * Reads OME-Zarr images (version 0.4 and before, Zarr version 2): the finest level of a pyramid, one signal per channel
 * and time, a volume where there is a z axis.
 */
public final class OmeZarrFile implements Format {
    private static final String NAME = "OME-Zarr (.zarr)";
    private static final double SQUARE = 1e-3;
    private static final int MOST_SIGNALS = 4096;

    private OmeZarrFile() {}

    /** The format. */
    public static OmeZarrFile format() {
        return new OmeZarrFile();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(Path file) {
        Path name = file.getFileName();
        return name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(".zarr");
    }

    @Override
    public Recording read(Path file) {
        if (!Files.isDirectory(file)) {
            throw new UnsupportedFileException(
                    file, "a .zarr is a folder, this is a file; if it is zipped, unzip it first");
        }
        if (Files.exists(file.resolve("zarr.json"))) {
            throw new UnsupportedFileException(
                    file, "it is of Zarr version 3 (OME-Zarr 0.5); OME-Zarr 0.4 and before are read");
        }
        if (!Files.exists(file.resolve(".zgroup"))) {
            throw new MalformedFileException(file, ".zgroup", "it is missing: not a Zarr folder, or not copied whole");
        }
        try {
            ZarrFolder.requireVersion2(file, ZarrFolder.readJson(file, file.resolve(".zgroup"), ".zgroup"), ".zgroup");
            List<String> warnings = new ArrayList<>();
            List<Signal> signals = new ArrayList<>();
            read(file, file, "", signals, warnings);
            return new Recording(
                    file, NAME, signals, warnings.stream().distinct().toList());
        } catch (MicroscopeFileException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw new UnsupportedFileException(file, "it needs more memory than is allowed");
        } catch (RuntimeException | StackOverflowError e) {
            throw new MalformedFileException(file, "its folders", "they cannot be read: " + e, e);
        }
    }

    private static void read(Path file, Path folder, String place, List<Signal> signals, List<String> warnings) {
        Path part = folder.resolve(".zattrs");
        if (!Files.exists(part)) {
            throw new MalformedFileException(file, place + ".zattrs", "it is missing, so this is no OME-Zarr image");
        }
        JsonNode about = ZarrFolder.readJson(file, part, place + ".zattrs");
        if (about.has("plate") || about.has("well")) {
            throw new UnsupportedFileException(file, "it is a plate of many images; open one image within");
        }
        JsonNode multiscales = about.path("multiscales");
        if (multiscales.isArray() && !multiscales.isEmpty()) {
            new OmeZarrImage(file, folder, place, about, multiscales.get(0)).addTo(signals, warnings);
        } else if (place.isEmpty() && about.has("bioformats2raw.layout")) {
            int series = 0;
            while (Files.isDirectory(folder.resolve(Integer.toString(series))) && series < MOST_SIGNALS) {
                read(file, folder.resolve(Integer.toString(series)), series + "/", signals, warnings);
                series++;
            }
        } else {
            throw new UnsupportedFileException(file, place + ".zattrs names no multiscales: this is no OME-Zarr image");
        }
    }

    /** One image of a folder. */
    private record OmeZarrImage(Path file, Path folder, String place, JsonNode about, JsonNode multiscale) {
        void addTo(List<Signal> signals, List<String> warnings) {
            JsonNode dataset = multiscale.path("datasets").path(0);
            String path = dataset.path("path").asString("");
            Path data = folder.resolve(path).normalize();
            if (path.isEmpty() || !data.startsWith(folder.normalize()) || data.equals(folder.normalize())) {
                throw new MalformedFileException(
                        file, place + ".zattrs", "its first dataset has the path '" + path + "'");
            }
            if (!Files.exists(data.resolve(".zarray"))) {
                throw new MalformedFileException(file, place + path + "/.zarray", "it is missing");
            }
            ZarrArray array = ZarrArray.of(file, data, place + path);
            int[] shape = array.shape();
            OmeAxes axes = OmeAxes.of(file, place + ".zattrs", multiscale, dataset, shape.length);
            ArrayTiles tiles = ArrayTiles.of(file, array);
            int times = axes.size(shape, "t");
            int channels = axes.size(shape, "c");
            int planes = axes.size(shape, "z");
            int ny = axes.size(shape, "y");
            int nx = axes.size(shape, "x");
            if ((long) ny * nx > Integer.MAX_VALUE - 8 || (long) times * channels > MOST_SIGNALS) {
                throw new UnsupportedFileException(
                        file,
                        array.place() + " of " + times + " × " + channels + " × " + planes + " × " + ny + " × " + nx
                                + " values is too large");
            }
            tiles.requireMemory(4L * ny * nx * planes * channels * times);
            double pixelNm = pixelNm(axes, warnings);
            List<List<Image>> all = new ArrayList<>();
            List<Statistics.Collector> statistics = new ArrayList<>();
            for (int s = 0; s < times * channels; s++) {
                List<Image> images = new ArrayList<>();
                for (int z = 0; z < planes; z++) {
                    images.add(Image.zeros(ny, nx, pixelNm));
                }
                all.add(images);
                statistics.add(new Statistics.Collector());
            }
            fill(tiles, array, axes, shape, all, statistics);
            if (array.absentChunks() > 0) {
                warnings.add(array.absentChunks() + " chunks of " + array.place()
                        + " are not there and are taken as its fill value");
            }
            for (int s = 0; s < all.size(); s++) {
                signals.add(signal(axes, shape, s, all.get(s), statistics.get(s).get(), pixelNm));
            }
        }

        private void fill(
                ArrayTiles tiles,
                ZarrArray array,
                OmeAxes axes,
                int[] shape,
                List<List<Image>> all,
                List<Statistics.Collector> statistics) {
            int rank = shape.length;
            int t = axes.index("t");
            int c = axes.index("c");
            int z = axes.index("z");
            int channels = axes.size(shape, "c");
            tiles.forEach((offset, size, values) -> {
                int[] index = new int[rank];
                int rows = 1;
                for (int a = 0; a < rank - 1; a++) {
                    rows *= size[a];
                }
                int at = 0;
                for (int r = 0; r < rows; r++) {
                    int rest = r;
                    for (int a = rank - 2; a >= 0; a--) {
                        index[a] = offset[a] + rest % size[a];
                        rest /= size[a];
                    }
                    int s = (t < 0 ? 0 : index[t]) * channels + (c < 0 ? 0 : index[c]);
                    Image image = all.get(s).get(z < 0 ? 0 : index[z]);
                    for (int x = 0; x < size[rank - 1]; x++) {
                        double v = values[at++];
                        if (!Float.isFinite((float) v)) {
                            throw new MalformedFileException(
                                    file,
                                    array.place() + ", image " + s + ", pixel (y " + index[rank - 2] + ", x " + x + ")",
                                    "it holds " + v + ", which is no intensity");
                        }
                        statistics.get(s).add(v);
                        image.set(index[rank - 2], x, (float) v);
                    }
                }
                return true;
            });
        }

        private Signal signal(
                OmeAxes axes, int[] shape, int s, List<Image> images, Statistics statistics, double pixelNm) {
            int channels = axes.size(shape, "c");
            int times = axes.size(shape, "t");
            String label = about.path("omero")
                    .path("channels")
                    .path(s % channels)
                    .path("label")
                    .asString("");
            String title = multiscale.path("name").asString("");
            String name = !label.isEmpty()
                    ? label
                    : channels > 1 ? (title + " channel " + (s % channels + 1)).strip() : title;
            if (times > 1) {
                name = (name + " time " + (s / channels + 1)).strip();
            }
            List<Axis> own = new ArrayList<>();
            if (images.size() > 1) {
                own.add(axes.axis("z", shape));
            }
            own.add(axes.axis("y", shape));
            own.add(axes.axis("x", shape));
            Acquisition known = Double.isNaN(pixelNm)
                    ? Acquisition.nothing()
                    : Acquisition.nothing().with(Key.PIXEL_SIZE, pixelNm, place + "coordinateTransformations scale");
            Signal.Data data = images.size() == 1 ? new Signal.Picture(images.get(0)) : new Signal.Stack(images, true);
            return new Signal(name, own, statistics, known, data);
        }

        private static double pixelNm(OmeAxes axes, List<String> warnings) {
            double x = axes.nm("x");
            double y = axes.nm("y");
            if (Double.isNaN(x) || Double.isNaN(y)) {
                return Double.NaN;
            }
            if (Math.abs(x - y) > SQUARE * x) {
                warnings.add("pixels of " + x + " × " + y + " nm are not square; no pixel size is taken from the file");
                return Double.NaN;
            }
            double z = axes.nm("z");
            if (Math.abs(x - z) > SQUARE * x) {
                warnings.add("its voxels are " + x + " nm wide and " + z + " nm high; " + x + " nm is taken for both");
            }
            return x;
        }
    }
}
