package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reconstruction that was stopped anywhere and taken up again ends in the same bits as one that was not. */
final class ResumptionTest {
    private static final int N = 32;
    private static final TiltSeries CLEAN =
            Projector.of(Particle.geometry(7), N, N, N, 4).forward(Particle.volume(N, 4));

    /** What was written last, in memory. */
    private static final class Kept implements Checkpoints {
        private Optional<byte[]> content = Optional.empty();
        private int every = 1;
        private int asked;
        private final List<Integer> sizes = new ArrayList<>();

        @Override
        public Optional<InputStream> find() {
            return content.map(ByteArrayInputStream::new);
        }

        @Override
        public boolean due() {
            return ++asked % every == 0;
        }

        @Override
        public void write(Content written) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                written.writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            content = Optional.of(out.toByteArray());
            sizes.add(out.size());
        }
    }

    /** Cancels after so many reports, and remembers what it was told. */
    private static final class Stopping implements Progress {
        private final int after;
        private final List<String> told = new ArrayList<>();

        Stopping(int after) {
            this.after = after;
        }

        @Override
        public void report(String task, double fraction) {
            told.add(task);
        }

        @Override
        public boolean cancelled() {
            return told.size() >= after;
        }
    }

    /** Looks whenever it can, and remembers the sums of what it saw last, in the volumes' unit. */
    private static final class Looking implements Onlooker {
        private int looks;
        private double[] sums = new double[0];

        @Override
        public boolean curious() {
            return true;
        }

        @Override
        public void look(List<Volume> iterates, double[] units) {
            looks++;
            sums = new double[units.length];
            for (int c = 0; c < sums.length; c++) {
                sums[c] = iterates.get(c).sum() * units[c];
            }
        }

        @Override
        public void report(String task, double fraction) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    private interface Work {
        List<Reconstruction> done(int threads, Checkpoints checkpoints, Progress progress);
    }

    private record Case(String name, Work work) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static ReconstructionSettings settings(Regulariser regulariser, Weight weight) {
        return ReconstructionSettings.adf().with(regulariser).with(weight).withGap(1e-9, 45);
    }

    private static Case single(String name, Regulariser regulariser, Weight weight) {
        TiltSeries data = Particle.noisy(CLEAN, 30, 5);
        ReconstructionSettings settings = settings(regulariser, weight);
        return new Case(
                name,
                (threads, checkpoints, progress) -> List.of(Reconstructor.reconstruct(
                        data, Optional.empty(), settings.withThreads(threads), checkpoints, progress)));
    }

    private static Case coupled(Regulariser.Coupling coupling) {
        List<JointData.Channel> channels = new ArrayList<>();
        for (int c = 0; c < 2; c++) {
            TiltSeries counts = CLEAN.copy();
            TiltSeries background = CLEAN.copy();
            for (int b = 0; b < counts.blocks().length; b++) {
                for (int i = 0; i < counts.blocks()[b].length; i++) {
                    counts.blocks()[b][i] = Math.round((c + 1) * 0.05f * counts.blocks()[b][i] + (i * 7 + c) % 3);
                    background.blocks()[b][i] = 1;
                }
            }
            double[] perUnit = new double[7];
            Arrays.fill(perUnit, 0.05);
            channels.add(new JointData.Channel("c" + c, counts, background, perUnit));
        }
        boolean adf = coupling == Regulariser.Coupling.NUCLEAR;
        JointData data = new JointData(
                channels, Optional.of(Particle.noisy(CLEAN, 200, 6)).filter(a -> adf));
        ReconstructionSettings settings = settings(new Regulariser.CoupledTv(coupling), new Weight.Relative(0.01));
        return new Case(
                coupling.toString(),
                (threads, checkpoints, progress) -> JointReconstructor.reconstruct(
                                data, settings.withThreads(threads), checkpoints, progress)
                        .volumes());
    }

    static Stream<Case> all() {
        return Stream.of(
                single("tv", new Regulariser.Tv(), new Weight.Relative(0.01)),
                single("tv, weight found", new Regulariser.Tv(), new Weight.Auto()),
                single("tv2", new Regulariser.Tv2(), new Weight.Relative(0.01)),
                single("tgv", new Regulariser.Tgv(), new Weight.Relative(0.01)),
                single("none", new Regulariser.None(), new Weight.Auto()),
                coupled(Regulariser.Coupling.FROBENIUS),
                coupled(Regulariser.Coupling.NUCLEAR));
    }

    private static void alike(List<Reconstruction> resumed, List<Reconstruction> whole) {
        assertThat(resumed).hasSameSizeAs(whole);
        for (int c = 0; c < whole.size(); c++) {
            Volume volume = resumed.get(c).volume();
            assertThat(Arrays.deepEquals(volume.blocks(), whole.get(c).volume().blocks()))
                    .isTrue();
            Convergence now = resumed.get(c).convergence();
            Convergence then = whole.get(c).convergence();
            assertThat(now.gaps()).isEqualTo(then.gaps());
            assertThat(now.weightCurve()).isEqualTo(then.weightCurve());
            assertThat(now.criterion()).isEqualTo(then.criterion());
            assertThat(now.alpha()).isEqualTo(then.alpha());
            assertThat(now.massCheck()).isEqualTo(then.massCheck());
            assertThat(now.headroom()).isEqualTo(then.headroom());
        }
    }

    /** Nobody's volumes depend on whether somebody watches them come; what is seen is in their unit. */
    @ParameterizedTest
    @MethodSource("all")
    void looked_at_it_ends_in_the_same_bits(Case made) {
        Looking looking = new Looking();
        List<Reconstruction> seen = made.work.done(1, Checkpoints.NONE, looking);
        alike(seen, made.work.done(1, Checkpoints.NONE, Progress.NONE));
        assertThat(looking.looks).isGreaterThanOrEqualTo(4);
        for (int c = 0; c < seen.size(); c++) {
            double sum = seen.get(c).volume().sum();
            assertThat(looking.sums[c]).isBetween(0.8 * sum, 1.2 * sum);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void stopped_anywhere_it_ends_in_the_same_bits(Case made) {
        Stopping never = new Stopping(Integer.MAX_VALUE);
        List<Reconstruction> whole = made.work.done(1, Checkpoints.NONE, never);
        int reports = never.told.size();
        for (int stop : new int[] {reports / 2, reports - 3, reports - 2}) {
            Kept kept = new Kept();
            assertThatThrownBy(() -> made.work.done(2, kept, new Stopping(stop)))
                    .isInstanceOf(CancellationException.class);
            Stopping after = new Stopping(Integer.MAX_VALUE);
            alike(made.work.done(1 + stop % 3, kept, after), whole);
            if (stop == reports - 2) {
                assertThat(after.told).as("work was saved").hasSizeLessThan(reports);
                assertThat(after.told).doesNotContain("reconstructing coarsely");
            }
        }
    }

    @Test
    void stopped_again_and_again_it_comes_to_its_end() {
        Case made = single("tv2", new Regulariser.Tv2(), new Weight.Relative(0.02));
        List<Reconstruction> whole = made.work.done(2, Checkpoints.NONE, Progress.NONE);
        Kept kept = new Kept();
        kept.every = 2;
        List<Reconstruction> last = List.of();
        int stops = 0;
        for (int patience = 4; last.isEmpty(); patience++) {
            try {
                last = made.work.done(2, kept, new Stopping(patience));
            } catch (CancellationException e) {
                stops++;
            }
        }
        assertThat(stops).isGreaterThan(1);
        alike(last, whole);
    }

    @Test
    void the_state_is_as_large_as_what_goes_on_and_no_larger() {
        Kept kept = new Kept();
        single("tv", new Regulariser.Tv(), new Weight.Relative(0.01)).work.done(2, kept, Progress.NONE);
        long volumes = 5L * 4 * N * N * N;
        long series = 4L * 7 * N * N;
        assertThat(kept.sizes.get(0)).as("the weight alone").isLessThan(200);
        assertThat(kept.sizes.get(1)).isBetween((int) (volumes + series), (int) (volumes + series + 500));
    }

    @Test
    void a_state_of_another_size_is_refused_and_not_guessed_at() {
        Kept kept = new Kept();
        single("tv", new Regulariser.Tv(), new Weight.Relative(0.01)).work.done(2, kept, Progress.NONE);
        ReconstructionSettings taller =
                settings(new Regulariser.Tv(), new Weight.Relative(0.01)).withPlanes(N + 1);
        assertThatThrownBy(() -> Reconstructor.reconstruct(CLEAN, Optional.empty(), taller, kept, Progress.NONE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("checkpoint cannot be read");
    }
}
