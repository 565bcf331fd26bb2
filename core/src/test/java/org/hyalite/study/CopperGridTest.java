package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hyalite.grid.LineMap;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.phantom.KnownSpectra;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.quantify.TiltGain;
import org.hyalite.spectra.FitSettings;
import org.hyalite.spectra.LineFitter;
import org.junit.jupiter.api.Test;

/**
 * Protects zinc from the copper of grid and holder: Cu Kα (8.05 keV) and Kβ (8.91 keV) stand on either side of Zn Kα
 * (8.64 keV), and copper grows as 1/cos θ, threefold at 70°, while the zinc stays.
 */
class CopperGridTest {
    private static final double[] TILTS = {-70, -50, -25, 0, 25, 50, 70};
    private static final Element ZN = Element.of("Zn");
    private static final XrayLine ZN_KA = XrayLine.of("Zn_Ka");
    private static final double ZINC = 12;
    private static final double COPPER_AT_ZERO = 10;

    /** Of all counts, the share in Kα of zinc and copper, as {@link KnownSpectra} mixes them. */
    private static final double IN_ZINC_AND_COPPER = 0.35 * 2 / 3;

    private static final int PIXELS = 1500;

    private static LineMap zinc(double expectedZinc, long seed, List<KnownSpectra> made) {
        List<KnownSpectra.Mixture> mixtures = new ArrayList<>();
        for (double tilt : TILTS) {
            double copper = COPPER_AT_ZERO / Math.cos(Math.toRadians(tilt));
            mixtures.add(new KnownSpectra.Mixture((expectedZinc + copper) / IN_ZINC_AND_COPPER, expectedZinc / copper));
        }
        KnownSpectra known = KnownSpectra.of(mixtures, seed);
        made.add(known);
        SpectrumImage map = known.draw(PIXELS);
        List<XrayLine> lines = List.of(XrayLine.of("Co_Ka"), XrayLine.of("Co_Kb"), ZN_KA, XrayLine.of("Zn_Kb"));
        FitSettings settings = FitSettings.of(lines, KnownSpectra.others(), KnownSpectra.beamKeV())
                .withResolutionEv(KnownSpectra.statedResolutionEv());
        return LineFitter.calibrate(map.sum(), settings).counts(map, 2, Progress.NONE).stream()
                .filter(m -> m.line().equals(ZN_KA))
                .findFirst()
                .orElseThrow();
    }

    private static Uncertain total(LineMap map, int column) {
        double sum = 0;
        double variance = 0;
        for (int y = 0; y < PIXELS; y++) {
            sum += map.counts().at(y, column);
            variance += Math.pow(map.standardError().at(y, column), 2);
        }
        return new Uncertain(sum, Math.sqrt(variance));
    }

    @Test
    void growingCopperIsNotTakenForZinc() {
        List<KnownSpectra> made = new ArrayList<>();
        LineMap map = zinc(ZINC, 3, made);
        List<Uncertain> totals = new ArrayList<>();
        for (int t = 0; t < TILTS.length; t++) {
            Uncertain found = total(map, t);
            totals.add(found);
            double expected = PIXELS * made.get(0).expected(t, ZN_KA);
            assertThat(expected).isCloseTo(PIXELS * ZINC, org.assertj.core.api.Assertions.within(1e-6 * expected));
            assertThat(Math.abs(found.value() - expected) / found.standardError())
                    .as(
                            "tilt %.0f°: %.0f ± %.0f counts, true %.0f",
                            TILTS[t], found.value(), found.standardError(), expected)
                    .isLessThan(3.5);
        }
        TiltGain gain = TiltGain.estimate(TILTS, Map.of(ZN, totals), false);
        for (int t = 0; t < TILTS.length; t++) {
            assertThat(Math.abs(gain.gain(t).value() - 1))
                    .as("gain at %.0f°", TILTS[t])
                    .isLessThanOrEqualTo(3.5 * gain.gain(t).standardError());
        }
    }

    /** Beside the particle there is copper alone: no zinc may appear, at any tilt, nor grow with it. */
    @Test
    void copperAloneGivesNoZinc() {
        LineMap map = zinc(1e-6, 4, new ArrayList<>());
        double[] each = new double[TILTS.length];
        Arrays.setAll(each, t -> total(map, t).value() / total(map, t).standardError());
        for (double z : each) {
            assertThat(Math.abs(z)).isLessThan(3.5);
        }
    }
}
