package org.hyalite.io.velox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.hdf5.HdfGroup;
import org.hyalite.io.stored.ArrayTiles;
import org.hyalite.io.stored.StoredArray;
import tools.jackson.databind.JsonNode;

/**
 * An event stream with its settings and metadata.
 *
 * @param detector the name of the detector, or of the group of detectors that were summed when it was recorded
 * @param channels of its spectra
 * @param tableWorks whether its table of frames, if it has one, makes sense
 * @param columns of its metadata: one for each frame, or one
 */
record VeloxStream(
        VeloxTree tree,
        HdfGroup group,
        String detector,
        VeloxMetadata metadata,
        EventStream events,
        int channels,
        boolean tableWorks,
        int columns) {
    private static final int MOST_CHANNELS = 0xffff;
    private static final int MOST_FRAMES = 1 << 20;
    private static final int LARGEST_SIDE = 1 << 16;

    static VeloxStream of(VeloxTree tree, HdfGroup group) {
        String place = group.place();
        StoredArray array = group.array("Data")
                .orElseThrow(() -> new MalformedFileException(
                        tree.file(), group.placeOf("Data"), "it is missing; the file is damaged or of a newer layout"));
        JsonNode settings = tree.text(group, "AcquisitionSettings")
                .orElseThrow(() -> new MalformedFileException(
                        tree.file(),
                        group.placeOf("AcquisitionSettings"),
                        "it is missing; the file is damaged or of a newer layout"));
        String encoding = settings.path("StreamEncoding").asString("uint16");
        if (!encoding.equals("uint16")) {
            throw new UnsupportedFileException(
                    tree.file(), place + ": its events are coded as '" + encoding + "'; 'uint16' is read");
        }
        double channels = VeloxMetadata.number(settings.path("bincount")).orElse(0.0);
        if (!(channels >= 1) || channels > MOST_CHANNELS || channels != Math.rint(channels)) {
            throw new MalformedFileException(
                    tree.file(), group.placeOf("AcquisitionSettings") + ".bincount", channels + " channels");
        }
        int columns = tree.metadataColumns(group);
        VeloxMetadata metadata = tree.metadata(group, Integer.MAX_VALUE);
        long[] table = table(tree, group);
        boolean works = true;
        for (int i = 0; i < table.length; i++) {
            works &= table[i] >= (i == 0 ? 0 : table[i - 1]) && table[i] <= array.shape()[0];
        }
        return new VeloxStream(
                tree,
                group,
                metadata.detectorName(),
                metadata,
                EventStream.of(tree.file(), array, works ? table : new long[0]),
                (int) channels,
                works,
                columns);
    }

    private static long[] table(VeloxTree tree, HdfGroup group) {
        Optional<StoredArray> found = group.array("FrameLocationTable");
        if (found.isEmpty() || found.get().shape()[0] == 0) {
            return new long[0];
        }
        StoredArray array = found.get();
        if (array.shape()[0] > MOST_FRAMES) {
            throw new MalformedFileException(tree.file(), array.place(), array.shape()[0] + " frames are too many");
        }
        List<Long> starts = new ArrayList<>();
        ArrayTiles.of(tree.file(), array).forEach((offset, size, values) -> {
            for (int i = 0; i < size[0]; i++) {
                starts.add((long) values[i * (size.length > 1 ? size[1] : 1)]);
            }
            return true;
        });
        return starts.stream().mapToLong(Long::longValue).toArray();
    }

    String place() {
        return group.place();
    }

    /** Pixels along y and x of the area that was scanned; empty if it was no map, or the file does not say. */
    Optional<int[]> scanSize() {
        Optional<Double> height = metadata.number("Scan.ScanSize.height");
        Optional<Double> width = metadata.number("Scan.ScanSize.width");
        double top = metadata.number("Scan.ScanArea.top").orElse(0.0);
        double bottom = metadata.number("Scan.ScanArea.bottom").orElse(1.0);
        double left = metadata.number("Scan.ScanArea.left").orElse(0.0);
        double right = metadata.number("Scan.ScanArea.right").orElse(1.0);
        if (height.isEmpty() || width.isEmpty()) {
            return Optional.empty();
        }
        double ny = Math.rint(height.get() * (bottom - top));
        double nx = Math.rint(width.get() * (right - left));
        return ny >= 1 && nx >= 1 && ny <= LARGEST_SIDE && nx <= LARGEST_SIDE
                ? Optional.of(new int[] {(int) ny, (int) nx})
                : Optional.empty();
    }

    /** What tells one scan from another. */
    List<Double> scan() {
        List<Double> scan = new ArrayList<>();
        for (String path : List.of(
                "Scan.ScanSize.width",
                "Scan.ScanSize.height",
                "Scan.ScanArea.left",
                "Scan.ScanArea.top",
                "Scan.ScanArea.right",
                "Scan.ScanArea.bottom",
                "Scan.DwellTime",
                "Acquisition.AcquisitionStartDatetime.DateTime")) {
            scan.add(metadata.number(path).orElse(Double.NaN));
        }
        return scan;
    }
}
