package org.hyalite.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;
import org.hyalite.physics.Zeta;
import org.junit.jupiter.api.Test;

/** Protects the file by which one day's standards serve another day's sample. */
class CalibrationTest {
    private static CalibratedLine line(String name, double barn, double intercept) {
        return new CalibratedLine(
                XrayLine.of(name),
                new CrossSection(barn, 0.02),
                Optional.of(new Uncertain(intercept, 0.1)),
                Optional.of(new Uncertain(-1e-5, 2e-5)),
                0.987,
                1234,
                Map.of("counts", 0.004),
                Map.of("co-1", new CrossSection(barn * 1.01, 0.03)));
    }

    private static Calibration calibration(CalibratedLine... lines) {
        return new Calibration(
                Optional.of("ER-C Titan"),
                Optional.empty(),
                Optional.of(80.0),
                List.of("SuperX 1", "SuperX 2"),
                new Calibration.LineDefinition(Calibration.Method.FIT, Map.of("fwhm_MnKa", 0.128)),
                LocalDate.of(2019, 9, 30),
                List.of(lines));
    }

    @Test
    void fileKeepsEveryNumber() {
        Calibration before = calibration(line("Co_Ka", 2.70, 0.1), line("Zn_Ka", 2.51, 0));
        Calibration after = Calibration.fromJson(before.toJson());
        assertThat(after).isEqualTo(before);
        assertThat(after.crossSection(XrayLine.of("Zn_Ka")).orElseThrow().barn())
                .isEqualTo(2.51);
        assertThat(after.crossSection(XrayLine.of("Zn_Kb"))).isEmpty();
    }

    @Test
    void fileHasTheKeysThatAreThePublicInterface() {
        String json = calibration(line("Co_Ka", 2.70, 0.1)).toJson();
        for (String key : List.of(
                "microscope",
                "holder",
                "beam_energy_keV",
                "detectors",
                "line_definition",
                "date",
                "cross_sections",
                "element",
                "line",
                "sigma_barn",
                "standard_error_barn",
                "intercept_counts",
                "intercept_standard_error_counts",
                "curvature_per_nm",
                "curvature_standard_error_per_nm",
                "r_squared",
                "pixels",
                "budget",
                "particles",
                "name")) {
            assertThat(json).contains("\"" + key + "\" :");
        }
        assertThat(json).contains("\"line\" : \"Ka\"");
    }

    @Test
    void whatIsMissingOrWrongIsNamedWithItsPlace() {
        String json = calibration(line("Co_Ka", 2.70, 0.1)).toJson();
        refuses(json.replace("\"sigma_barn\" : 2.7,", ""), "cross_sections[0].sigma_barn is missing");
        refuses(json.replace("\"sigma_barn\" : 2.7,", "\"sigma_barn\" : -2.7,"), "cross_sections[0]: ");
        refuses(json.replace("\"sigma_barn\" : 2.7,", "\"sigma_barn\" : \"2.7\","), "sigma_barn is no number");
        refuses(json.replace("\"Co\"", "\"Cx\""), "unknown element 'Cx'");
        refuses(json.replace("\"Ka\"", "\"Kz\""), "unknown line family 'Kz'");
        refuses(json.replace("2019-09-30", "30 Sept"), "date is '30 Sept'");
        refuses(json.replace("\"fit\"", "\"guess\""), "line_definition.method is 'guess'");
        refuses(json.substring(0, json.length() / 2), "no JSON");
        refuses("[]", "the file is no object");
        refuses("", "calibration");
    }

    private static void refuses(String json, String message) {
        assertThatThrownBy(() -> Calibration.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void kbPerKaOutsideOfNatureIsWarnedOf() {
        assertThat(calibration(line("Co_Ka", 2.70, 0.1), line("Co_Kb", 0.36, 0)).kbPerKa(Element.of("Co")))
                .hasValueSatisfying(r -> assertThat(r).isCloseTo(0.1333, within(1e-4)));
        assertThat(calibration(line("Co_Ka", 2.70, 0.1), line("Co_Kb", 0.36, 0)).warnings())
                .isEmpty();
        assertThat(calibration(line("Co_Ka", 2.70, 0.1), line("Co_Kb", 0.60, 0)).warnings())
                .singleElement()
                .asString()
                .contains("Kb/Ka of Co is 0.222");
        assertThat(calibration(line("Zn_Ka", 2.51, 2)).warnings())
                .singleElement()
                .asString()
                .contains("Zn_Ka: 2.00 ± 0.10 counts");
    }

    @Test
    void zetaOfAKnownCrossSection() {
        // Co, 58.933 g/mol, 3.38 b: 58.933 / (3.38 * 6.02214076e23 * 1e-25) = 289.53 kg/m²
        double zeta = Zeta.kgPerM2(Element.of("Co"), new CrossSection(3.38, 0.05));
        assertThat(zeta).isCloseTo(289.53, within(0.05));
        CrossSection back = Zeta.crossSection(Element.of("Co"), zeta, zeta * 0.01);
        assertThat(back.barn()).isCloseTo(3.38, within(1e-9));
        assertThat(back.standardErrorBarn()).isCloseTo(0.0338, within(1e-9));
    }

    @Test
    void twoCrossSectionsOfOneLineAreRefused() {
        assertThatThrownBy(() -> calibration(line("Co_Ka", 2.70, 0), line("Co_Ka", 2.71, 0)))
                .hasMessageContaining("Co_Ka stands twice");
    }
}
