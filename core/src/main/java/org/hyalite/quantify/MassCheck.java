package org.hyalite.quantify;

import java.util.ArrayList;
import java.util.List;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;

/**
 * Whether a volume holds as many atoms as the maps it was made from: at every tilt {@code Σ b · pixel area} against
 * {@code Σ x · voxel volume}, both in atoms (or in counts for a relative volume).
 */
public final class MassCheck {
    /**
     * One tilt.
     *
     * @param tiltDeg the tilt, degrees
     * @param measured atoms in the map
     * @param reprojected atoms of the volume that this tilt sees
     */
    public record AtTilt(double tiltDeg, double measured, double reprojected) {
        /** {@code reprojected / measured − 1}. */
        public double relativeDifference() {
            return reprojected / measured - 1;
        }
    }

    private final List<AtTilt> tilts;
    private final double volumeTotal;

    private MassCheck(List<AtTilt> tilts, double volumeTotal) {
        this.tilts = List.copyOf(tilts);
        this.volumeTotal = volumeTotal;
    }

    /**
     * The whole volume against each map: for a particle that no tilt lets out of the field.
     *
     * @param measured atoms/nm², {@code [tilt, y, x]}
     * @param volume atoms/nm³, {@code [z, y, x]}
     */
    public static MassCheck of(TiltSeries measured, Volume volume) {
        double total = volume.sum() * volume.voxelNm3();
        double[] maps = totals(measured);
        List<AtTilt> tilts = new ArrayList<>();
        for (int t = 0; t < maps.length; t++) {
            tilts.add(new AtTilt(measured.geometry().tiltDeg(t), maps[t], total));
        }
        return new MassCheck(tilts, total);
    }

    /**
     * What a projector makes of the volume against each map: right also where rays leave the volume.
     *
     * @param reprojected atoms/nm², {@code [tilt, y, x]}, of the same tilts
     */
    public static MassCheck of(TiltSeries measured, TiltSeries reprojected, Volume volume) {
        if (measured.tilts() != reprojected.tilts()) {
            throw new IllegalArgumentException(
                    reprojected.tilts() + " reprojections for " + measured.tilts() + " maps");
        }
        double[] maps = totals(measured);
        double[] again = totals(reprojected);
        List<AtTilt> tilts = new ArrayList<>();
        for (int t = 0; t < maps.length; t++) {
            tilts.add(new AtTilt(measured.geometry().tiltDeg(t), maps[t], again[t]));
        }
        return new MassCheck(tilts, volume.sum() * volume.voxelNm3());
    }

    private static double[] totals(TiltSeries series) {
        double area = series.pixelNm() * series.pixelNm();
        double[] totals = new double[series.tilts()];
        for (int t = 0; t < totals.length; t++) {
            totals[t] = series.image(t).sum() * area;
        }
        return totals;
    }

    /** Each tilt, in the series' order. */
    public List<AtTilt> tilts() {
        return tilts;
    }

    /** Atoms in the volume. */
    public double volumeTotal() {
        return volumeTotal;
    }

    /** The largest relative difference of any tilt, without sign. */
    public double worst() {
        return tilts.stream()
                .mapToDouble(t -> Math.abs(t.relativeDifference()))
                .max()
                .orElse(0);
    }
}
