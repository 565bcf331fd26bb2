package org.hyalite.figure;

import java.util.List;
import org.hyalite.grid.Volume;

/**
 * What part of a volume a rendering shows: a square about a point.
 *
 * @param centreZ the point, voxels
 * @param centreY the point, voxels
 * @param centreX the point, voxels
 * @param sizeNm edge of the square, nm
 */
public record Frame(double centreZ, double centreY, double centreX, double sizeNm) {
    private static final double MARGIN = 1.08;

    public Frame {
        if (!(sizeNm > 0)) {
            throw new IllegalArgumentException("a frame of " + sizeNm + " nm");
        }
    }

    /**
     * The smallest frame that shows all voxels above a threshold from every one of the views; the whole volume if there
     * are none.
     */
    public static Frame around(Volume volume, double threshold, List<View> views) {
        int[] low = {volume.nz(), volume.ny(), volume.nx()};
        int[] high = {-1, -1, -1};
        for (int z = 0; z < volume.nz(); z++) {
            for (int y = 0; y < volume.ny(); y++) {
                for (int x = 0; x < volume.nx(); x++) {
                    if (volume.at(z, y, x) > threshold) {
                        int[] at = {z, y, x};
                        for (int i = 0; i < 3; i++) {
                            low[i] = Math.min(low[i], at[i]);
                            high[i] = Math.max(high[i], at[i]);
                        }
                    }
                }
            }
        }
        boolean all = high[0] < 0;
        if (all) {
            low = new int[3];
            high = new int[] {volume.nz() - 1, volume.ny() - 1, volume.nx() - 1};
        }
        double[] centre = new double[3];
        for (int i = 0; i < 3; i++) {
            centre[i] = (low[i] + high[i]) / 2.0;
        }
        double reach = 0.5;
        for (View view : views) {
            double[] right = view.right();
            double[] down = view.down();
            for (int z = low[0]; z <= high[0]; z++) {
                for (int y = low[1]; y <= high[1]; y++) {
                    for (int x = low[2]; x <= high[2]; x++) {
                        if (all || volume.at(z, y, x) > threshold) {
                            double dz = z - centre[0];
                            double dy = y - centre[1];
                            double dx = x - centre[2];
                            double u = dx * right[0] + dy * right[1] + dz * right[2];
                            double v = dx * down[0] + dy * down[1] + dz * down[2];
                            reach = Math.max(reach, Math.max(Math.abs(u), Math.abs(v)));
                        }
                    }
                }
            }
        }
        return new Frame(centre[0], centre[1], centre[2], 2 * (reach + 1) * MARGIN * volume.voxelNm());
    }
}
