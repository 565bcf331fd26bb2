package org.hyalite.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hyalite.physics.FactorKind;
import org.hyalite.physics.LineFactors;
import org.hyalite.physics.LineFactors.Factor;
import org.hyalite.physics.XrayLine;
import org.junit.jupiter.api.Test;

/** Protects tables of factors from elsewhere: read as they were meant, or refused with the place. */
class FactorTableTest {
    private static final XrayLine CO = XrayLine.of("Co_Ka");
    private static final XrayLine ZN = XrayLine.of("Zn_Ka");

    private static LineFactors sigma() {
        Map<XrayLine, Factor> all = new LinkedHashMap<>();
        all.put(ZN, new Factor(2.51, Optional.of(0.05)));
        all.put(CO, new Factor(2.7000000000000001, Optional.of(0.027)));
        all.put(XrayLine.of("Pt_La"), new Factor(1.1, Optional.empty()));
        return LineFactors.absolute(FactorKind.SIGMA, all);
    }

    @Test
    void whatIsWrittenIsReadBackAsJsonAndAsCsv() {
        LineFactors sigma = sigma();
        for (LineFactors table : new LineFactors[] {
            sigma,
            sigma.toAbsolute(FactorKind.ZETA),
            sigma.toRelative(FactorKind.K_WEIGHT, CO),
            sigma.toRelative(FactorKind.K_ATOMIC, ZN)
        }) {
            for (String text : new String[] {FactorTable.toJson(table), FactorTable.toCsv(table)}) {
                LineFactors again = FactorTable.read(text);
                assertThat(again.kind()).isEqualTo(table.kind());
                assertThat(again.factors()).as(text).isEqualTo(table.factors());
                assertThat(again.reference()).isEqualTo(table.reference());
                assertThat(again.referenceError()).isEqualTo(table.referenceError());
                assertThat(text).contains(table.kind().key());
                if (table.kind() != FactorKind.SIGMA) {
                    assertThat(text).containsAnyOf("weight %", "by weight").containsAnyOf("weight", "atomic %");
                }
            }
        }
    }

    @Test
    void tablesOfOtherProgramsAreRead() {
        LineFactors list =
                FactorTable.read("[{\"line\": \"Co_Ka\", \"zeta_kg_per_m2\": 362.5, \"standard_error\": 4}]");
        assertThat(list.factor(CO)).isEqualTo(new Factor(362.5, Optional.of(4.0)));
        LineFactors k = FactorTable.read("\uFEFFk_weight;\"line\"\r\n1;Co_Ka\r\n1.19; Zn_Ka\r\n\r\n");
        assertThat(k.reference()).contains(CO);
        assertThat(k.factor(ZN)).isEqualTo(new Factor(1.19, Optional.empty()));
        assertThat(k.referenceError()).isEmpty();
        LineFactors tabs = FactorTable.read("line\tsigma_barn\tstandard_error\nZn_Ka\t2.5\t\nCo_Ka\t2.7\t0.1");
        assertThat(tabs.factor(ZN).standardError()).isEmpty();
        assertThat(tabs.factor(CO).standardError()).contains(0.1);
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() {
        refused("", "empty", "zeta_kg_per_m2");
        refused("line,value\nCo_Ka,3", "header", "by weight");
        refused("line,k\nCo_Ka,1", "header", "k_weight (by weight)");
        refused("line,zeta_kg_per_m2,sigma_barn\nCo_Ka,3,4", "header");
        refused("line,zeta_kg_per_m2\nCo_Ka,\"3,5\"", "line 2", "point, not comma");
        refused("line,zeta_kg_per_m2\nCo_Ka,3\nCo_Ka,4", "line 3", "twice");
        refused("line,zeta_kg_per_m2\nCo_Kx,3", "line 2", "Kx");
        refused("line,zeta_kg_per_m2\nCo_Ka", "line 2", "expected at least 2");
        refused("line,zeta_kg_per_m2\nCo_Ka,-3", "line 2", "positive");
        refused("line,zeta_kg_per_m2\nCo_Ka,NaN", "line 2", "positive");
        refused("line,k_weight\nCo_Ka,1.1\nZn_Ka,1.3", "0 lines have a k_weight of 1", "reference");
        refused("{\"factors\": []}", "expected a list");
        refused("{\"factors\": [{\"line\": \"Co_Ka\", \"k\": 1}]}", "factors[0]", "k_weight (by weight)");
        refused("[{\"line\": \"Co_Ka\", \"sigma_barn\": \"2\"}]", "factors[0]", "no number");
        refused(
                "[{\"line\": \"Co_Ka\", \"sigma_barn\": 2}, {\"line\": \"Zn_Ka\", \"zeta_kg_per_m2\": 2}]",
                "factors[1]",
                "one kind");
        refused("[{\"line\": \"Co_Ka\", \"sigma_barn\": 2", "no valid JSON");
        refused(
                "{\"reference\": \"Fe_Ka\", \"factors\": [{\"line\": \"Co_Ka\", \"k_weight\": 1}]}",
                "Fe_Ka",
                "missing");
    }

    private static void refused(String text, String... words) {
        assertThatThrownBy(() -> FactorTable.read(text))
                .as(text)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }
}
