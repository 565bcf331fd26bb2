package org.hyalite.io.velox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hyalite.grid.Image;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Selection;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.hdf5.HdfGroup;
import org.hyalite.io.stored.ArrayTiles;
import org.hyalite.io.stored.StoredArray;
import org.hyalite.io.stored.TransposedArray;

/** Images, stored {@code [y, x, frame]}: the mean of the frames that are wanted, or each of them. */
final class VeloxImages {
    private static final int LARGEST_SIDE = 1 << 16;

    private final VeloxTree tree;
    private final Selection wanted;
    private final Consumer<String> warn;

    VeloxImages(VeloxTree tree, Selection wanted, Consumer<String> warn) {
        this.tree = tree;
        this.wanted = wanted;
        this.warn = warn;
    }

    /** One image. */
    Signal read(Map.Entry<String, HdfGroup> part, VeloxNames names) {
        HdfGroup group = part.getValue();
        StoredArray stored = group.array("Data")
                .orElseThrow(() -> new MalformedFileException(tree.file(), group.placeOf("Data"), "it is missing"));
        int[] shape = stored.shape();
        if (shape.length != 3 || Math.max(shape[0], shape[1]) > LARGEST_SIDE) {
            throw new MalformedFileException(
                    tree.file(),
                    stored.place(),
                    "an image of shape " + java.util.Arrays.toString(shape) + ", expected [y, x, frame]");
        }
        StoredArray array = TransposedArray.of(stored, 2, 0, 1);
        ArrayTiles tiles = ArrayTiles.of(tree.file(), array);
        int frames = shape[2];
        int first = wanted.frames().map(f -> f.first() - 1).orElse(0);
        int last = wanted.frames().map(f -> f.last() - 1).orElse(frames - 1);
        if (frames == 1) {
            first = 0; // an image made of all frames, such as an element map
            last = 0;
        }
        VeloxMetadata metadata = tree.metadata(group, last);
        String own = metadata.detectorName();
        String name = names.image(part.getKey()).orElse(own.isEmpty() ? part.getKey() : own);
        if (last >= frames) {
            throw new UnsupportedFileException(
                    tree.file(),
                    "image '" + name + "' has " + frames + " frames; frames "
                            + wanted.frames().orElseThrow() + " are not there");
        }
        List<Axis> axes = metadata.axes(shape[0], shape[1]);
        double pixelNm = VeloxMetadata.pixelNm(axes);
        if (Double.isNaN(pixelNm)) {
            warn.accept("image '" + name + "': pixels of " + axes.get(0).scale() + " × "
                    + axes.get(1).scale() + " '" + axes.get(1).unit() + "' give no pixel size");
        }
        if (wanted.eachFrame() && frames > 1) {
            return each(name, tiles, array, metadata, axes, pixelNm, first, last);
        }
        if (frames > 1 && wanted.frames().isEmpty()) {
            warn.accept("image '" + name + "' is the mean of its " + frames
                    + " frames; --frames A-B takes others, --each-frame keeps them apart");
        }
        tiles.requireMemory(12L * shape[0] * shape[1]);
        double[] sum = new double[shape[0] * shape[1]];
        visit(tiles, array, first, last, (frame, pixel, value) -> sum[pixel] += value);
        Image image = Image.zeros(shape[0], shape[1], pixelNm);
        Statistics.Collector statistics = new Statistics.Collector();
        for (int i = 0; i < sum.length; i++) {
            double mean = sum[i] / (last - first + 1);
            image.values()[i] = (float) mean;
            statistics.add(mean);
        }
        return new Signal(name, axes, statistics.get(), metadata.acquisition(pixelNm), new Signal.Picture(image));
    }

    private Signal each(
            String name,
            ArrayTiles tiles,
            StoredArray array,
            VeloxMetadata metadata,
            List<Axis> axes,
            double pixelNm,
            int first,
            int last) {
        int ny = array.shape()[1];
        int nx = array.shape()[2];
        int frames = last - first + 1;
        tiles.requireMemory(4L * ny * nx * frames);
        List<Image> images = new ArrayList<>();
        for (int f = 0; f < frames; f++) {
            images.add(Image.zeros(ny, nx, pixelNm));
        }
        Statistics.Collector statistics = new Statistics.Collector();
        visit(tiles, array, first, last, (frame, pixel, value) -> {
            images.get(frame - first).values()[pixel] = (float) value;
            statistics.add(value);
        });
        List<Axis> all = new ArrayList<>();
        double frameS = metadata.number("Scan.FrameTime").filter(t -> t > 0).orElse(Double.NaN);
        all.add(
                Double.isNaN(frameS)
                        ? new Axis("frame", frames, 1, first + 1.0, "")
                        : new Axis("frame", frames, frameS, first * frameS, "s"));
        all.addAll(axes);
        return new Signal(name, all, statistics.get(), metadata.acquisition(pixelNm), new Signal.Stack(images, false));
    }

    private interface Pixels {
        void at(int frame, int pixel, double value);
    }

    private void visit(ArrayTiles tiles, StoredArray array, int first, int last, Pixels pixels) {
        int nx = array.shape()[2];
        tiles.forEach((offset, size, values) -> {
            if (offset[0] > last) {
                return false;
            }
            int at = 0;
            for (int f = offset[0]; f < offset[0] + size[0]; f++) {
                for (int y = offset[1]; y < offset[1] + size[1]; y++) {
                    for (int x = 0; x < nx; x++) {
                        double value = values[at++];
                        if (!Double.isFinite(value) || Float.isInfinite((float) value)) {
                            throw new MalformedFileException(
                                    tree.file(),
                                    array.place() + ", frame " + (f + 1) + ", pixel (y " + y + ", x " + x + ")",
                                    "it holds " + value + ", which is no intensity");
                        }
                        if (f >= first && f <= last) {
                            pixels.at(f, y * nx + x, value);
                        }
                    }
                }
            }
            return true;
        });
    }
}
