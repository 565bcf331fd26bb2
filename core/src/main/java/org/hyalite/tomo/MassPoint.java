package org.hyalite.tomo;

import java.util.ArrayList;
import java.util.List;
import org.hyalite.grid.Blocks;
import org.hyalite.grid.TiltSeries;

/**
 * The mass check of one tilt: what the image holds against what the volume casts there.
 *
 * @param measured Σ b · pixel area: atoms for images in atoms/nm²
 * @param reprojected Σ Ax · pixel area
 */
public record MassPoint(double tiltDeg, double measured, double reprojected) {
    /** Of every tilt. */
    static List<MassPoint> check(TiltSeries measured, TiltSeries reprojected) {
        List<MassPoint> points = new ArrayList<>();
        double area = measured.pixelNm() * measured.pixelNm();
        for (int t = 0; t < measured.tilts(); t++) {
            points.add(new MassPoint(
                    measured.geometry().tiltDeg(t), area * total(measured, t), area * total(reprojected, t)));
        }
        return points;
    }

    private static double total(TiltSeries series, int tilt) {
        double sum = 0;
        for (int b = 0; b < series.blocks().length; b++) {
            int size = series.nx() * Blocks.width(series.ny(), b);
            for (int i = tilt * size; i < (tilt + 1) * size; i++) {
                sum += series.blocks()[b][i];
            }
        }
        return sum;
    }
}
