package org.hyalite.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hyalite.physics.LineFactors.Factor;
import org.junit.jupiter.api.Test;

/** Protects σ, ζ and k from being taken for one another: values, errors, correlation, and lines looked up by name. */
class LineFactorsTest {
    private static final XrayLine CO = XrayLine.of("Co_Ka");
    private static final XrayLine ZN = XrayLine.of("Zn_Ka");
    private static final XrayLine AL = XrayLine.of("Al_Ka");

    private static Map<XrayLine, Factor> some() {
        Map<XrayLine, Factor> all = new LinkedHashMap<>();
        all.put(CO, new Factor(2.70, Optional.of(0.027)));
        all.put(ZN, new Factor(2.51, Optional.of(0.050)));
        all.put(AL, new Factor(9.3, Optional.of(0.28)));
        return all;
    }

    /** ζ = M / (σ N_A): 58.933 g/mol and 2.70 b give 58.933 / (2.70 · 6.02214076e23 · 1e-25) = 362.45 kg/m². */
    @Test
    void zetaOfAKnownCrossSection() {
        LineFactors zeta = LineFactors.absolute(FactorKind.SIGMA, some()).toAbsolute(FactorKind.ZETA);
        assertThat(zeta.factor(CO).value()).isCloseTo(362.45, within(0.05));
        assertThat(zeta.factor(CO).relativeError().orElseThrow()).isCloseTo(0.01, within(1e-12));
        assertThat(zeta.toAbsolute(FactorKind.SIGMA).factor(CO).value()).isCloseTo(2.70, within(1e-12));
    }

    @Test
    void kByWeightAndByAtomsDifferByTheMolarMasses() {
        LineFactors sigma = LineFactors.absolute(FactorKind.SIGMA, some());
        double byAtoms = sigma.toRelative(FactorKind.K_ATOMIC, CO).factor(ZN).value();
        double byWeight = sigma.toRelative(FactorKind.K_WEIGHT, CO).factor(ZN).value();
        assertThat(byAtoms).isCloseTo(2.70 / 2.51, within(1e-12));
        assertThat(byWeight / byAtoms)
                .isCloseTo(ZN.element().molarMass() / CO.element().molarMass(), within(1e-12));
    }

    @Test
    void everyWayRoundComesBackToTheSameNumbers() {
        LineFactors sigma = LineFactors.absolute(FactorKind.SIGMA, some());
        for (FactorKind k : new FactorKind[] {FactorKind.K_WEIGHT, FactorKind.K_ATOMIC}) {
            for (XrayLine reference : some().keySet()) {
                for (FactorKind absolute : new FactorKind[] {FactorKind.SIGMA, FactorKind.ZETA}) {
                    LineFactors relative = sigma.toAbsolute(absolute).toRelative(k, reference);
                    assertThat(relative.factor(reference)).isEqualTo(new Factor(1, Optional.of(0.0)));
                    LineFactors again = relative.toRelative(k, AL)
                            .toRelative(k, reference)
                            .scaledBy(FactorKind.SIGMA, sigma.factor(reference));
                    some().forEach((line, f) ->
                            assertThat(again.factor(line).value()).isCloseTo(f.value(), within(1e-12 * f.value())));
                    some().forEach((line, f) -> assertThat(
                                    relative.ownError(line).orElseThrow())
                            .as("own error of " + line + " through " + k)
                            .isCloseTo(f.relativeError().orElseThrow(), within(1e-9)));
                }
            }
        }
    }

    /** The stated errors and correlation are those of k made from drawn σ (first order: small errors). */
    @Test
    void errorsAndCorrelationAreThoseOfDraws() {
        LineFactors k = LineFactors.absolute(FactorKind.SIGMA, some()).toRelative(FactorKind.K_WEIGHT, CO);
        Random random = new Random(5);
        int draws = 40_000;
        double[][] sums = new double[2][2];
        double cross = 0;
        for (int i = 0; i < draws; i++) {
            Map<XrayLine, Factor> drawn = new LinkedHashMap<>();
            some().forEach((line, f) -> drawn.put(
                    line,
                    new Factor(f.value() + f.standardError().orElseThrow() * random.nextGaussian(), Optional.empty())));
            LineFactors other = LineFactors.absolute(FactorKind.SIGMA, drawn).toRelative(FactorKind.K_WEIGHT, CO);
            double a = other.factor(ZN).value() - k.factor(ZN).value();
            double b = other.factor(AL).value() - k.factor(AL).value();
            sums[0][1] += a * a;
            sums[1][1] += b * b;
            cross += a * b;
        }
        double sdZn = Math.sqrt(sums[0][1] / draws);
        double sdAl = Math.sqrt(sums[1][1] / draws);
        assertThat(k.factor(ZN).standardError().orElseThrow()).isCloseTo(sdZn, within(0.03 * sdZn));
        assertThat(k.factor(AL).standardError().orElseThrow()).isCloseTo(sdAl, within(0.03 * sdAl));
        assertThat(k.correlation(ZN, AL)).isCloseTo(cross / draws / (sdZn * sdAl), within(0.02));
        assertThat(k.correlation(ZN, CO)).isZero();
        assertThat(k.correlation(ZN, ZN)).isOne();
        assertThat(k.referenceError().orElseThrow()).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void anUnknownErrorStaysUnknown() {
        Map<XrayLine, Factor> all = some();
        all.put(ZN, new Factor(2.51, Optional.empty()));
        LineFactors k = LineFactors.absolute(FactorKind.SIGMA, all).toRelative(FactorKind.K_WEIGHT, CO);
        assertThat(k.factor(ZN).standardError()).isEmpty();
        assertThat(k.factor(AL).standardError()).isPresent();
        assertThat(k.toRelative(FactorKind.K_WEIGHT, ZN).factor(CO).standardError())
                .isEmpty();
        LineFactors scaled = k.scaledBy(FactorKind.ZETA, new Factor(362, Optional.empty()));
        assertThat(scaled.factor(AL).standardError()).isEmpty();
    }

    @Test
    void aLineThatIsNotThereIsNamedTogetherWithThoseThatAre() {
        LineFactors sigma = LineFactors.absolute(FactorKind.SIGMA, some());
        assertThatThrownBy(() -> sigma.factor(XrayLine.of("Zn_Kb")))
                .hasMessageContaining("Zn_Kb")
                .hasMessageContaining("Co_Ka, Zn_Ka, Al_Ka");
        assertThatThrownBy(() -> sigma.toRelative(FactorKind.K_WEIGHT, XrayLine.of("Fe_Ka")))
                .hasMessageContaining("Fe_Ka");
        assertThatThrownBy(() -> sigma.toRelative(FactorKind.K_WEIGHT, CO).toAbsolute(FactorKind.ZETA))
                .hasMessageContaining("no scale")
                .hasMessageContaining("Co_Ka");
        assertThatThrownBy(() -> LineFactors.relative(FactorKind.K_WEIGHT, some(), CO, Optional.empty()))
                .hasMessageContaining("expected 1");
    }
}
