package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is put into a joint reconstruction is refused in one line that names the element, or gives volumes of numbers. */
final class JointInputTest {
    private static final int N = 16;
    private static final int TILTS = 6;
    private final JointParticle particle = JointParticle.of(N, TILTS);
    private final List<JointData.Channel> channels = particle.channels(1, 2);
    private final TiltSeries adf = particle.adf(new double[] {30, 7}, 4, 0.5, 3);

    private static ReconstructionSettings settings() {
        return JointParticle.settings().with(new Weight.Relative(0.02));
    }

    private void refused(
            UnaryOperator<JointData.Channel> change, UnaryOperator<TiltSeries> changeAdf, String... parts) {
        JointData data = new JointData(
                List.of(channels.get(0), change.apply(channels.get(1))), Optional.of(changeAdf.apply(adf)));
        assertThatThrownBy(() -> JointReconstructor.reconstruct(data, settings(), Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    private void refusedChannel(UnaryOperator<JointData.Channel> change, String... parts) {
        refused(change, a -> a, parts);
    }

    private static JointData.Channel with(JointData.Channel c, TiltSeries counts, TiltSeries background) {
        return new JointData.Channel(c.name(), counts, background, c.countsPerUnit());
    }

    private static TiltSeries set(TiltSeries series, float value) {
        TiltSeries other = series.copy();
        other.set(2, 4, 5, value);
        return other;
    }

    /** A smaller part. */
    private static TiltSeries cut(TiltSeries series, int ny, int nx) {
        return TiltSeries.zeros(series.geometry(), ny, nx, series.pixelNm());
    }

    @Test
    void no_element_at_all_is_refused() {
        assertThatThrownBy(() -> new JointData(List.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no counts of any element");
    }

    @Test
    void sizes_that_differ_are_told_with_both() {
        refusedChannel(c -> with(c, cut(c.counts(), N, N - 2), c.background()), "Ag: counts", "16 × 14", "16 × 16");
        refusedChannel(c -> with(c, cut(c.counts(), N - 1, N), c.background()), "Ag: counts", "15 × 16", "16 × 16");
        refusedChannel(c -> with(c, c.counts().select(0, 1, 2), c.background()), "Ag: counts", "3 images", "6 of");
        refusedChannel(c -> with(c, c.counts(), cut(c.background(), N, 8)), "Ag: background", "16 × 8", "16 × 16");
        refused(c -> c, a -> cut(a, 3, N), "ADF images", "3 × 16", "16 × 16");
    }

    @Test
    void another_geometry_is_told() {
        TiltGeometry own = adf.geometry();
        double[] tilts = own.tiltsDeg();
        tilts[3] += 1;
        double[] shifts = own.shiftsXPx();
        shifts[1] = 0.25;
        TiltGeometry turned = TiltGeometry.of(tilts);
        TiltGeometry shifted = TiltGeometry.of(own.tiltsDeg(), shifts, 0);
        TiltGeometry beside = TiltGeometry.of(own.tiltsDeg(), own.shiftsXPx(), 0.5);
        for (TiltGeometry other : List.of(turned, shifted, beside)) {
            refusedChannel(
                    c -> with(c, c.counts().withGeometry(other), c.background()),
                    "Ag: counts",
                    "not those of the others");
            refused(c -> c, a -> a.withGeometry(other), "ADF images", "not those of the others");
        }
        refused(c -> c, a -> TiltSeries.zeros(own, N, N, 3), "ADF images", "pixel size");
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, Float.NaN, Float.POSITIVE_INFINITY})
    void counts_that_are_none_are_named_with_their_place(float bad) {
        refusedChannel(
                c -> with(c, set(c.counts(), bad), c.background()),
                "Ag: image 2, row 4, column 5",
                Float.toString(bad));
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void a_background_that_is_not_positive_is_named_with_its_place(float bad) {
        refusedChannel(
                c -> with(c, c.counts(), set(c.background(), bad)),
                "Ag: background: image 2, row 4, column 5",
                "not a positive number");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -2, Double.NaN, Double.POSITIVE_INFINITY})
    void counts_per_unit_that_are_not_positive_are_told(double bad) {
        double[] gains = channels.get(1).countsPerUnit().clone();
        gains[4] = bad;
        refusedChannel(
                c -> new JointData.Channel(c.name(), c.counts(), c.background(), gains),
                "Ag: " + bad + " counts per unit",
                "expected a positive number");
        refusedChannel(
                c -> new JointData.Channel(c.name(), c.counts(), c.background(), new double[] {1, 2}),
                "Ag: 2 values of counts per unit for 6 tilts");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
    void adf_pixels_that_are_no_numbers_are_named_with_their_place(float bad) {
        refused(c -> c, a -> set(a, bad), "ADF images: image 2, row 4, column 5", "not a finite number");
    }

    private JointReconstruction made(JointData data, ReconstructionSettings settings) {
        JointReconstruction made = JointReconstructor.reconstruct(data, settings, Progress.NONE);
        assertThat(made.volumes()).hasSameSizeAs(data.channels());
        for (Reconstruction each : made.volumes()) {
            for (float[] block : each.volume().blocks()) {
                for (float value : block) {
                    assertThat(value).isFinite().isNotNegative();
                }
            }
            assertThat(each.convergence().relativeGap()).isFinite();
        }
        assertThat(made.adf().isPresent()).isEqualTo(data.adf().isPresent());
        made.adf().ifPresent(adf -> {
            assertThat(adf.response()).hasSameSizeAs(data.channels()).allMatch(r -> r >= 0 && Double.isFinite(r));
            assertThat(adf.explained()).isFinite();
        });
        return made;
    }

    private List<JointData.Channel> emptied(boolean first, boolean second) {
        List<JointData.Channel> some = new ArrayList<>();
        for (int c = 0; c < 2; c++) {
            JointData.Channel own = channels.get(c);
            TiltSeries zero = TiltSeries.zeros(own.counts().geometry(), N, N, JointParticle.VOXEL_NM);
            some.add((c == 0 ? first : second) ? with(own, zero, own.background()) : own);
        }
        return some;
    }

    @ParameterizedTest
    @EnumSource(Weight.Criterion.class)
    void an_element_without_a_count_is_a_volume_of_zeros(Weight.Criterion criterion) {
        ReconstructionSettings found = settings().with(new Weight.Auto(criterion));
        for (Optional<TiltSeries> images : List.of(Optional.<TiltSeries>empty(), Optional.of(adf))) {
            JointReconstruction one = made(new JointData(emptied(false, true), images), found);
            assertThat(one.volumes().get(0).volume().max()).isGreaterThan(1);
            assertThat(one.volumes().get(1).volume().max()).isLessThan(1e-3f);
        }
    }

    @ParameterizedTest
    @EnumSource(Weight.Criterion.class)
    void no_counts_at_all_are_volumes_of_zeros(Weight.Criterion criterion) {
        ReconstructionSettings found = settings().with(new Weight.Auto(criterion));
        TiltSeries none = TiltSeries.zeros(adf.geometry(), N, N, JointParticle.VOXEL_NM);
        for (Optional<TiltSeries> images : List.of(Optional.<TiltSeries>empty(), Optional.of(adf), Optional.of(none))) {
            for (Reconstruction each :
                    made(new JointData(emptied(true, true), images), found).volumes()) {
                assertThat(each.volume().max()).isZero();
            }
        }
    }

    @Test
    void adf_images_of_one_value_say_nothing() {
        TiltSeries flat = adf.copy();
        for (float[] block : flat.blocks()) {
            Arrays.fill(block, 7f);
        }
        JointReconstruction made = made(new JointData(channels, Optional.of(flat)), settings());
        assertThat(made.adf().orElseThrow().response()).allMatch(r -> r < 1e-3);
        assertThat(made.adf().orElseThrow().fused()).isFalse();
        assertThat(made.volumes().get(0).volume().max()).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-300, 1, 1e30})
    void absurd_weights_give_volumes_of_numbers(double w) {
        made(new JointData(channels, Optional.of(adf)), settings().with(new Weight.Relative(w)));
    }

    @Test
    void one_element_alone_works() {
        JointReconstruction made = made(new JointData(channels.subList(0, 1), Optional.of(adf)), settings());
        assertThat(made.volumes().get(0).volume().max()).isGreaterThan(1);
    }
}
