package org.hyalite.study;

import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;

/** How far two volumes of one grid are apart. */
final class VolumeDifference {
    private VolumeDifference() {}

    /** {@code ‖volume − reference‖ / ‖reference‖} over all voxels. */
    static double relativeL2(Volume volume, Volume reference) {
        reference.requireSameGrid(volume);
        double apart = 0;
        double norm = 0;
        for (int b = 0; b < reference.blocks().length; b++) {
            for (int i = 0; i < reference.blocks()[b].length; i++) {
                double r = reference.blocks()[b][i];
                double d = volume.blocks()[b][i] - r;
                apart += d * d;
                norm += r * r;
            }
        }
        return Math.sqrt(apart / norm);
    }

    /** Centre of mass, voxels, {@code [z, y, x]}. */
    static double[] centreOfMass(Volume volume) {
        double[] moment = new double[3];
        double mass = 0;
        for (int z = 0; z < volume.nz(); z++) {
            for (int y = 0; y < volume.ny(); y++) {
                for (int x = 0; x < volume.nx(); x++) {
                    double v = volume.at(z, y, x);
                    mass += v;
                    moment[0] += v * z;
                    moment[1] += v * y;
                    moment[2] += v * x;
                }
            }
        }
        return new double[] {moment[0] / mass, moment[1] / mass, moment[2] / mass};
    }

    /** The volume's content moved by some voxels, {@code [z, y, x]}, by trilinear interpolation; zero from outside. */
    static Volume moved(Volume volume, double... byVoxels) {
        Volume out = Volume.zeros(volume.nz(), volume.ny(), volume.nx(), volume.voxelNm());
        for (int z = 0; z < out.nz(); z++) {
            for (int y = 0; y < out.ny(); y++) {
                for (int x = 0; x < out.nx(); x++) {
                    out.set(z, y, x, (float) interpolated(volume, z - byVoxels[0], y - byVoxels[1], x - byVoxels[2]));
                }
            }
        }
        return out;
    }

    private static double interpolated(Volume volume, double z, double y, double x) {
        int z0 = (int) Math.floor(z);
        int y0 = (int) Math.floor(y);
        int x0 = (int) Math.floor(x);
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            int cz = z0 + (corner & 1);
            int cy = y0 + (corner >> 1 & 1);
            int cx = x0 + (corner >> 2);
            boolean inside = cz >= 0 && cz < volume.nz() && cy >= 0 && cy < volume.ny() && cx >= 0 && cx < volume.nx();
            if (inside) {
                sum += (1 - Math.abs(z - cz)) * (1 - Math.abs(y - cy)) * (1 - Math.abs(x - cx)) * volume.at(cz, cy, cx);
            }
        }
        return sum;
    }

    /** {@code 2 |A ∩ B| / (|A| + |B|)}. */
    static double dice(VolumeMask a, VolumeMask b) {
        int both = 0;
        for (int z = 0; z < a.nz(); z++) {
            for (int y = 0; y < a.ny(); y++) {
                for (int x = 0; x < a.nx(); x++) {
                    both += a.contains(z, y, x) && b.contains(z, y, x) ? 1 : 0;
                }
            }
        }
        return 2.0 * both / (a.count() + b.count());
    }
}
