package org.hyalite.align;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import java.util.Random;
class ExploreTest {
    @Test
    void explore() {
        for (int tilts : new int[] {15}) for (int kind = 0; kind < 2; kind++) for (long seed = 1; seed <= 5; seed++) {
            Random r = new Random(seed*7919+3); r.nextDouble();
            var b = MisalignedSeries.of(64, seed).tilts(tilts, 70).misaligned(4, 6*r.nextDouble()-3, 3*r.nextDouble()-1.5);
            if (kind == 0) b.ellipsoid(2, -1, 3, 10, 17, 13); else b.faceted(1, 2, -2, 15, 9).faceted(-6, -10, 7, 7, 12);
            double f=Double.parseDouble(System.getProperty("film","1.5")); b.background(20, f, 0.3, -12).noise(Double.parseDouble(System.getProperty("noise","0.8")));
            var m = b.make();
            long t0 = System.nanoTime();
            var bg = AdfBackground.estimate(m.series);
            Alignment a = Aligner.align(m.series, AlignSettings.defaults(), Progress.NONE);
            if (a.method().startsWith("phase")) System.out.println(a.warnings()); System.out.printf("%d kind %d seed %d: rmsX %.3f rmsY %.3f rot %.3f (true %.3f) axis %.2f (true %.2f)  bg off %.2f film %.2f noise %.2f %.1fs%n", tilts, kind, seed,
              m.invisibleRemovedRmsX(a), m.invisibleRemovedRmsY(a), a.axisRotationDeg(), m.rotationDeg, a.axisOffsetPx(), m.axisOffset, bg.offset(), bg.film(), bg.noiseSd()[0], (System.nanoTime()-t0)*1e-9);
        }
    }
}
