package org.hyalite.io.zarr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of one level of a pyramid, {@code [c, z, y, x]}: means of cubes of 2ˡ voxels along each axis, of what there is
 * of them at the far ends. Nothing is held: every row is made from the finest voxels when it is asked for.
 */
final class LevelRows implements ZarrArrayWriter.Rows {
    private final List<OmeZarrWriter.Channel> channels;
    private final int[] finest;
    private final int[] shape;
    private final int edge;
    private final double[] min;
    private final double[] max;
    private final int[] counts;

    LevelRows(List<OmeZarrWriter.Channel> channels, int[] finest, int[] shape, int level) {
        this.channels = channels;
        this.finest = finest;
        this.shape = shape;
        this.edge = 1 << level;
        this.min = new double[channels.size()];
        this.max = new double[channels.size()];
        this.counts = new int[shape[3]];
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
    }

    @Override
    public int[] shape() {
        return shape;
    }

    @Override
    public void row(int[] index, double[] into) {
        OmeZarrWriter.Voxels voxels = channels.get(index[0]).voxels();
        Arrays.fill(into, 0);
        Arrays.fill(counts, 0);
        int z1 = Math.min(finest[0], (index[1] + 1) * edge);
        int y1 = Math.min(finest[1], (index[2] + 1) * edge);
        for (int z = index[1] * edge; z < z1; z++) {
            for (int y = index[2] * edge; y < y1; y++) {
                for (int x = 0; x < finest[2]; x++) {
                    float v = voxels.at(z, y, x);
                    if (!Float.isFinite(v)) {
                        throw new IllegalArgumentException(
                                "'" + channels.get(index[0]).name() + "' has " + v + " at (z " + z + ", y " + y + ", x "
                                        + x + "), which cannot be written");
                    }
                    into[x / edge] += v;
                    counts[x / edge]++;
                }
            }
        }
        for (int x = 0; x < into.length; x++) {
            into[x] /= counts[x];
            min[index[0]] = Math.min(min[index[0]], into[x]);
            max[index[0]] = Math.max(max[index[0]], into[x]);
        }
    }

    /** Least and greatest value of each channel, of the rows given so far. */
    List<double[]> ranges() {
        List<double[]> all = new ArrayList<>();
        for (int c = 0; c < min.length; c++) {
            all.add(new double[] {min[c], max[c]});
        }
        return all;
    }
}
