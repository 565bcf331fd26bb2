package org.hyalite.calibrate;

import java.util.List;

/**
 * Variance of a pixel's counts as a straight line in the expected counts: Poisson noise of the line and of what lies
 * beneath it. Fitted to the pixels' own error variances, so that none is weighted by its own noise.
 *
 * @param atZero variance where nothing is expected, counts²
 * @param perCount its growth with the expected counts
 */
record CountVariance(double atZero, double perCount) {
    static CountVariance of(List<StandardMap> maps, double sigmaBarn) {
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (StandardMap map : maps) {
            boolean[] particle = StandardRegions.of(map).particle();
            double k = map.countsPerBarnNm();
            for (int q = 0; q < particle.length; q++) {
                if (particle[q]) {
                    double expected =
                            sigmaBarn * k * Math.max(0, map.thicknessNm().values()[q]);
                    double se = map.standardError().values()[q];
                    n++;
                    x += expected;
                    y += se * se;
                    xx += expected * expected;
                    xy += expected * se * se;
                }
            }
        }
        double spread = xx - x * x / n;
        double slope = spread > 1e-9 * xx ? (xy - x * y / n) / spread : y / x;
        double base = (y - slope * x) / n;
        if (base < 0) {
            base = 0;
            slope = xx > 0 ? xy / xx : 0;
        } else if (slope < 0) {
            slope = 0;
            base = y / n;
        }
        return new CountVariance(base, slope);
    }

    double at(double expected) {
        return atZero + perCount * Math.max(0, expected);
    }
}
