package org.hyalite.io.zarr;

import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Signal;

/** The values of a signal, row by row, as an array is written. */
final class SignalRows {
    private SignalRows() {}

    static ZarrArrayWriter.Rows of(Signal.Data data) {
        if (data instanceof Signal.Picture picture) {
            Image image = picture.image();
            return rows(new int[] {image.ny(), image.nx()}, (index, into) -> copy(image, index[0], into));
        }
        if (data instanceof Signal.Stack stack) {
            List<Image> images = stack.images();
            Image first = images.get(0);
            return rows(
                    new int[] {images.size(), first.ny(), first.nx()},
                    (index, into) -> copy(images.get(index[0]), index[1], into));
        }
        if (data instanceof Signal.SingleSpectrum single) {
            double[] counts = single.spectrum().counts();
            return rows(
                    new int[] {counts.length}, (index, into) -> System.arraycopy(counts, 0, into, 0, counts.length));
        }
        if (data instanceof Signal.Maps maps) {
            return mapRows(maps.maps());
        }
        throw new IllegalArgumentException("a signal of kind " + data.kind() + " cannot be written");
    }

    private static ZarrArrayWriter.Rows mapRows(List<SpectrumImage> maps) {
        SpectrumImage first = maps.get(0);
        int channels = first.energy().channels();
        for (SpectrumImage map : maps) {
            if (map.ny() != first.ny() || map.nx() != first.nx() || map.energy().channels() != channels) {
                throw new IllegalArgumentException("maps of " + map.ny() + " × " + map.nx() + " × "
                        + map.energy().channels() + " and " + first.ny() + " × " + first.nx() + " × " + channels
                        + " cells do not fit one array");
            }
        }
        int[] hit = new int[channels];
        float[] counts = new float[channels];
        boolean one = maps.size() == 1;
        int[] shape = one
                ? new int[] {first.ny(), first.nx(), channels}
                : new int[] {maps.size(), first.ny(), first.nx(), channels};
        return rows(shape, (index, into) -> {
            SpectrumImage map = one ? first : maps.get(index[0]);
            int n = map.events(index[index.length - 2], index[index.length - 1], hit, counts);
            java.util.Arrays.fill(into, 0);
            for (int i = 0; i < n; i++) {
                into[hit[i]] = counts[i];
            }
        });
    }

    private static void copy(Image image, int y, double[] into) {
        for (int x = 0; x < into.length; x++) {
            into[x] = image.at(y, x);
        }
    }

    private interface Row {
        void give(int[] index, double[] into);
    }

    private static ZarrArrayWriter.Rows rows(int[] shape, Row row) {
        return new ZarrArrayWriter.Rows() {
            @Override
            public int[] shape() {
                return shape;
            }

            @Override
            public void row(int[] index, double[] into) {
                row.give(index, into);
            }
        };
    }
}
