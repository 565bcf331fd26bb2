package org.hyalite.quantify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;
import org.hyalite.physics.FactorKind;
import org.hyalite.physics.LineFactors;
import org.hyalite.physics.LineFactors.Factor;
import org.hyalite.physics.XrayLine;
import org.junit.jupiter.api.Test;

/** Protects compositions: by weight and by atoms, the same from k, ζ and σ, with errors that draws confirm. */
class CompositionQuantifierTest {
    private static final Element CO = Element.of("Co");
    private static final Element ZN = Element.of("Zn");
    private static final Dose DOSE = new Dose(0.9, 0.12);

    private static LineFactors sigma() {
        Map<XrayLine, CrossSection> all = new LinkedHashMap<>();
        all.put(XrayLine.of("Zn_Ka"), new CrossSection(2.51, 0.05));
        all.put(XrayLine.of("Co_Kb"), new CrossSection(0.36, 0.01));
        all.put(XrayLine.of("Co_Ka"), new CrossSection(2.70, 0.03));
        return LineFactors.of(all);
    }

    private static LineMap map(String line, double counts, double error) {
        return new LineMap(
                XrayLine.of(line),
                Image.of(1, 2, 2, new float[] {(float) counts, 0}),
                Image.of(1, 2, 2, new float[] {(float) error, 1}));
    }

    /** What so many atoms/nm² give, by the paper's Eq. (1). */
    private static List<LineMap> maps(double co, double zn) {
        List<LineMap> all = new ArrayList<>();
        for (XrayLine line : sigma().factors().keySet()) {
            double areal = line.element().equals(CO) ? co : zn;
            double counts =
                    DOSE.counts(areal, new CrossSection(sigma().factor(line).value(), 0), 1);
            all.add(map(line.name(), counts, Math.sqrt(counts)));
        }
        return all;
    }

    @Test
    void kZetaAndSigmaSayTheSameOfOneMap() {
        LineFactors sigma = sigma();
        double co = 900;
        double zn = 300;
        double kg = (co * CO.molarMass() + zn * ZN.molarMass()) * 1e18 / 6.02214076e23 / 1000;
        for (LineFactors factors : List.of(
                sigma,
                sigma.toAbsolute(FactorKind.ZETA),
                sigma.toRelative(FactorKind.K_WEIGHT, XrayLine.of("Co_Kb")),
                sigma.toRelative(FactorKind.K_ATOMIC, XrayLine.of("Zn_Ka")))) {
            Composition found = CompositionQuantifier.of(factors).quantify(maps(co, zn), Optional.of(DOSE));
            assertThat(found.parts().get(CO).atomic().value().at(0, 0)).isCloseTo(0.75f, within(1e-6f));
            double byWeight = co * CO.molarMass() / (co * CO.molarMass() + zn * ZN.molarMass());
            assertThat((double) found.parts().get(CO).weight().value().at(0, 0)).isCloseTo(byWeight, within(1e-6));
            assertThat(found.parts().get(ZN).total().weight().value()).isCloseTo(1 - byWeight, within(1e-6));
            assertThat(found.massThickness().isPresent())
                    .isEqualTo(!factors.kind().relative());
            found.massThickness()
                    .ifPresent(m -> assertThat((double) m.value().at(0, 0)).isCloseTo(kg, within(1e-6 * kg)));
            found.parts()
                    .get(ZN)
                    .areal()
                    .ifPresent(a -> assertThat((double) a.value().at(0, 0)).isCloseTo(zn, within(1e-6 * zn)));
            assertThat(found.pixelsStated())
                    .as("the second pixel holds nothing")
                    .isEqualTo(1);
            assertThat(found.stated().at(0, 1)).isZero();
        }
    }

    /** The one number of the paper's kind: 1 nA, 1 ms, 487 Co/nm² and 3.38 b give 1.03 counts; and back. */
    @Test
    void knownCountsAreKnownAtoms() {
        LineFactors factors = LineFactors.of(Map.of(XrayLine.of("Co_Ka"), new CrossSection(3.38, 0)));
        Composition found = CompositionQuantifier.of(factors)
                .withSignificance(0)
                .quantify(List.of(map("Co_Ka", 1.0274, 1)), Optional.of(new Dose(1, 0.001)));
        assertThat((double) found.parts().get(CO).areal().orElseThrow().value().at(0, 0))
                .isCloseTo(487, within(0.1));
    }

    @Test
    void statedErrorsAreTheSpreadOfDraws() {
        Random random = new Random(11);
        List<LineMap> expected = maps(8000, 5000);
        Composition middle = CompositionQuantifier.of(sigma()).quantify(expected, Optional.of(DOSE));
        double[] squares = new double[4];
        int draws = 4000;
        for (int i = 0; i < draws; i++) {
            List<LineMap> drawn = expected.stream()
                    .map(m -> map(
                            m.line().name(),
                            m.counts().at(0, 0) + m.standardError().at(0, 0) * random.nextGaussian(),
                            m.standardError().at(0, 0)))
                    .toList();
            Composition c = CompositionQuantifier.of(sigma()).quantify(drawn, Optional.of(DOSE));
            squares[0] += square(
                    c.parts().get(CO).weight().value(),
                    middle.parts().get(CO).weight().value());
            squares[1] += square(
                    c.parts().get(CO).atomic().value(),
                    middle.parts().get(CO).atomic().value());
            squares[2] += square(
                    c.massThickness().orElseThrow().value(),
                    middle.massThickness().orElseThrow().value());
            squares[3] += square(
                    c.parts().get(ZN).areal().orElseThrow().value(),
                    middle.parts().get(ZN).areal().orElseThrow().value());
        }
        double[] stated = {
            middle.parts().get(CO).weight().standardError().at(0, 0),
            middle.parts().get(CO).atomic().standardError().at(0, 0),
            middle.massThickness().orElseThrow().standardError().at(0, 0),
            middle.parts().get(ZN).areal().orElseThrow().standardError().at(0, 0)
        };
        for (int q = 0; q < stated.length; q++) {
            assertThat(Math.sqrt(squares[q] / draws))
                    .as("quantity " + q)
                    .isCloseTo(stated[q], within(0.05 * stated[q]));
        }
    }

    private static double square(Image a, Image b) {
        double d = a.at(0, 0) - b.at(0, 0);
        return d * d;
    }

    /** Two elements of errors r and s: ΔC = C (1 − C) √(r² + s²), from σ as from the k that share the reference's error. */
    @Test
    void errorsOfTheFactorsAreThoseOfTheirRatioWhateverTheReference() {
        List<LineMap> maps = maps(900, 300).stream()
                .filter(m -> !m.line().name().equals("Co_Kb"))
                .toList();
        double c = 0.75;
        double expected = c * (1 - c) * Math.hypot(0.03 / 2.70, 0.05 / 2.51);
        for (LineFactors factors : List.of(
                sigma(),
                sigma().toRelative(FactorKind.K_WEIGHT, XrayLine.of("Co_Ka")),
                sigma().toRelative(FactorKind.K_WEIGHT, XrayLine.of("Zn_Ka")),
                sigma().toRelative(FactorKind.K_WEIGHT, XrayLine.of("Co_Kb")))) {
            Composition found = CompositionQuantifier.of(factors).quantify(maps, Optional.empty());
            assertThat(found.parts().get(CO).total().atomicSystematic().orElseThrow())
                    .as(factors.kind() + " " + factors.reference())
                    .isCloseTo(expected, within(1e-6));
        }
        LineFactors unknown = LineFactors.absolute(
                FactorKind.ZETA,
                Map.of(
                        XrayLine.of("Co_Ka"), new Factor(360, Optional.of(3.0)),
                        XrayLine.of("Zn_Ka"), new Factor(430, Optional.empty())));
        assertThat(CompositionQuantifier.of(unknown)
                        .quantify(maps, Optional.empty())
                        .parts()
                        .get(CO)
                        .total()
                        .atomicSystematic())
                .isEmpty();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        CompositionQuantifier quantifier = CompositionQuantifier.of(sigma());
        assertThatThrownBy(() -> quantifier.quantify(List.of(map("Fe_Ka", 5, 2)), Optional.empty()))
                .hasMessageContaining("Fe_Ka")
                .hasMessageContaining("Co_Ka");
        assertThatThrownBy(() -> quantifier.quantify(List.of(map("Co_Ka", 5, 2), map("Co_Ka", 5, 2)), Optional.empty()))
                .hasMessageContaining("two maps of Co_Ka");
        assertThatThrownBy(() -> quantifier.quantify(List.of(map("Co_Ka", 0, 2)), Optional.empty()))
                .hasMessageContaining("no composition");
    }
}
