package org.hyalite.tomo;
import java.util.*;
import org.hyalite.grid.*;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
final class TryTgvTest {
    @Test void go() {
        int n = Integer.getInteger("try.n", 40);
        Volume truth = Particle.volume(n, 4);
        if (Boolean.getBoolean("try.ramp")) for (int z=0;z<n;z++) for (int y=0;y<n;y++) for (int x=0;x<n;x++) truth.set(z,y,x, Math.min(1, truth.at(z,y,x)/3) * (5f*(x+0.5f*z)/n));
        Projector projector = Projector.of(Particle.geometry(15), n, n, n, 4, org.hyalite.kernel.Slabs.of(2));
        TiltSeries noisy = Particle.noisy(projector.forward(truth), 40, 1);
        for (Regulariser r : List.of(new Regulariser.Tgv(), new Regulariser.Tv(), new Regulariser.Tv2())) {
            if (!System.getProperty("try.r", "tgv tv tv2").contains(r.label()) ) continue;
            PrimalDual s = PrimalDual.of(projector, DataFit.leastSquares(noisy, projector.slabs()), r, PrimalDual.Steps.USUAL);
            s.weight(Double.parseDouble(System.getProperty("try.w","0.02")) * s.scale());
            long t = System.nanoTime();
            var h = s.solve(1e-3, 1500, Progress.NONE, "");
            double sec = (System.nanoTime() - t) * 1e-9;
            StringBuilder b = new StringBuilder();
            for (int k : new int[] {100, 200, 300, 500, 800, 1500}) if (h.size() >= k / 10) b.append(String.format(" %d: %.2e %.6e", k, h.get(k / 10 - 1).relativeGap(), h.get(k/10-1).primal()));
            System.out.printf("%s it %d err %.4f P %.6e ms/it %.2f |%s%n", r.label(), h.get(h.size() - 1).iteration(), Particle.error(s.x(), truth), h.get(h.size()-1).primal(), sec * 1000 / h.get(h.size() - 1).iteration(), b);
        }
    }
}
