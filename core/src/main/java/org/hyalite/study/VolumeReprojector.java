package org.hyalite.study;

import org.hyalite.align.Reprojector;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.hyalite.tomo.Projector;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Reconstructor;
import org.hyalite.tomo.Weight;

/**
 * Foretells images by a volume of pieces (TV, least squares): the missing tilts of a particle are guessed far better than
 * without regulariser. It need not be exact; a fixed weight and few iterations are enough to lay images on.
 */
final class VolumeReprojector implements Reprojector {
    private static final double WEIGHT = 0.005;
    private static final double GAP = 1e-2;
    private static final int ITERATIONS = 60;

    private final int threads;

    VolumeReprojector(int threads) {
        this.threads = threads;
    }

    @Override
    public TiltSeries images(TiltSeries used, TiltGeometry wanted, Progress progress) {
        ReconstructionSettings settings = ReconstructionSettings.adf()
                .with(new Weight.Relative(WEIGHT))
                .withGap(GAP, ITERATIONS)
                .withThreads(threads);
        Volume volume = Reconstructor.reconstruct(used, settings, progress).volume();
        return Projector.of(wanted, volume.nz(), volume.ny(), volume.nx(), volume.voxelNm(), Slabs.of(threads))
                .forward(volume);
    }
}
