package org.hyalite.calibrate;

import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;

/** Thickness along the beam at zero tilt, {@code [y, x]}, nm. */
public final class ThicknessMap {
    /** Voxels this near to the surface are taken in part. */
    private static final int REACH = 2;

    private ThicknessMap() {}

    /**
     * The voxel size times the number of voxels above a threshold along z, Collins et al. (2019).
     *
     * @param threshold as {@link EdgeSpreadFit#threshold()} gives it, in the volume's unit
     */
    public static Image of(Volume volume, double threshold) {
        Image map = Image.zeros(volume.ny(), volume.nx(), volume.voxelNm());
        for (int y = 0; y < volume.ny(); y++) {
            for (int x = 0; x < volume.nx(); x++) {
                int inside = 0;
                for (int z = 0; z < volume.nz(); z++) {
                    inside += volume.at(z, y, x) > threshold ? 1 : 0;
                }
                map.set(y, x, (float) (inside * volume.voxelNm()));
            }
        }
        return map;
    }

    /**
     * The thickness with the voxels at the surface counted in part (ours): a voxel deeper than two below the surface
     * that the threshold gives counts as one, one further than two outside of it as none, and one between them as
     * {@code (v − vacuum) / (particle − vacuum)}. Blur moves grey values but keeps their sum, so edges and corners, where
     * a threshold loses volume, keep theirs; an error of the particle's level weighs only on the few voxels at the
     * surface. For particles of one density.
     */
    public static Image ofPartialVolumes(Volume volume, EdgeSpreadFit fit) {
        return ofPartialVolumes(volume, fit, fit.threshold());
    }

    /** The same with another threshold, for what hangs on it. */
    static Image ofPartialVolumes(Volume volume, EdgeSpreadFit fit, double threshold) {
        VolumeMask inside = VolumeMask.above(volume, threshold);
        VolumeMask core = inside.eroded(REACH);
        VolumeMask around = inside.dilated(REACH);
        double vacuum = fit.vacuumLevel();
        double contrast = fit.particleLevel() - vacuum;
        Image map = Image.zeros(volume.ny(), volume.nx(), volume.voxelNm());
        for (int y = 0; y < volume.ny(); y++) {
            for (int x = 0; x < volume.nx(); x++) {
                double parts = 0;
                for (int z = 0; z < volume.nz(); z++) {
                    if (core.contains(z, y, x)) {
                        parts++;
                    } else if (around.contains(z, y, x)) {
                        parts += (volume.at(z, y, x) - vacuum) / contrast;
                    }
                }
                map.set(y, x, (float) (Math.max(0, parts) * volume.voxelNm()));
            }
        }
        return map;
    }
}
