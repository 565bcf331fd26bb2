package org.hyalite.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Protects a user's word on single images: what is given is taken, what is blank stays as found. */
class ManualShiftsTest {
    private static final String HEAD = "tilt_deg,shift_y_px,shift_x_px,gain\n";
    private static final Alignment FOUND = Alignment.of(
            new double[] {-30, 0, 30},
            new double[] {1, 0, 2},
            new double[] {-3, 0, 4},
            1.5,
            0.75,
            "centres of mass",
            new double[] {0.1, 0.2, 0.3},
            List.of("a warning"));

    private static Alignment with(String rows) {
        return ManualShifts.read(HEAD + rows, "fixed.csv").applyTo(FOUND);
    }

    @Test
    void givenValuesTakeThePlaceOfFoundOnes() {
        Alignment mixed = with("30.2,,5.25,\n-30,7,8,0.9\n");
        assertThat(mixed.shiftYPx()).containsExactly(7, 0, 2);
        assertThat(mixed.shiftXPx()).containsExactly(8, 0, 5.25);
        assertThat(mixed.gains().orElseThrow()).containsExactly(0.9, Double.NaN, Double.NaN);
        assertThat(mixed.axisOffsetPx()).isEqualTo(1.5);
        assertThat(mixed.axisRotationDeg()).isEqualTo(0.75);
        assertThat(mixed.warnings()).containsExactly("a warning");
        assertThat(mixed.residualsPx()).containsExactly(Double.NaN, 0.2, Double.NaN);
        assertThat(mixed.method()).contains("centres of mass").contains("30.0°, -30.0° from fixed.csv");
        assertThat(mixed.toCsv()).contains("-30.0,7.0000,8.0000,0.900000\n0.0,0.0000,0.0000,\n");
    }

    @Test
    void gainAloneMovesNothing() {
        Alignment mixed = with("0,,,1.1\n");
        assertThat(mixed.shiftXPx()).isEqualTo(FOUND.shiftXPx());
        assertThat(mixed.method()).isEqualTo("centres of mass");
        assertThat(mixed.residualsPx()).containsExactly(0.1, 0.2, 0.3);
        assertThat(with("0,,,\n").gains()).isEmpty();
    }

    @Test
    void whatIsKnownOfTheOtherImagesStaysKnown() {
        double[] three = {0.1, 0.2, 0.3};
        Alignment known =
                FOUND.withQuality(new AlignmentQuality(three, three.clone(), three, three, 0.05, three.clone()));
        AlignmentQuality quality = ManualShifts.read(HEAD + "0,,5,\n", "fixed.csv")
                .applyTo(known)
                .quality()
                .orElseThrow();
        assertThat(quality.residualBeforePx()).containsExactly(0.1, 0.2, 0.3);
        assertThat(quality.residualPx()).containsExactly(0.1, Double.NaN, 0.3);
        assertThat(quality.errorXPx()).containsExactly(0.1, Double.NaN, 0.3);
        assertThat(quality.rotationErrorDeg()).isEqualTo(0.05);
        assertThat(ManualShifts.read(HEAD + "0,,,1.1\n", "fixed.csv")
                        .applyTo(known)
                        .quality())
                .as("a gain moves nothing")
                .isEqualTo(known.quality());
    }

    @Test
    void badRowsAreRefusedInALine() {
        refused("12,1,1,\n", "no image was recorded at 12.0°; the nearest is at 0.0°");
        refused("30,1,1,\n30.1,2,2,\n", "two rows for the image at tilt 30.0°");
        refused("30,1,1,\n30,2,2,\n", "tilt 30.0° stands twice");
        refused(",1,1,\n", "line 2: tilt_deg is ''");
        refused("30,1,Infinity,\n", "line 2: shift_x_px is Infinity");
        refused("30,1,1,-1\n", "line 2: gain is -1");
        refused("30,1,1\n", "line 2: 3 values, expected 4");
        refused("", "no rows");
        assertThatThrownBy(() -> Alignment.fromCsv(HEAD + "1,,2,1\n", "shifts.csv"))
                .as("a whole alignment has every shift")
                .hasMessageContaining("shift_y_px is ''");
    }

    private static void refused(String rows, String why) {
        assertThatThrownBy(() -> with(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fixed.csv")
                .hasMessageContaining(why);
    }
}
