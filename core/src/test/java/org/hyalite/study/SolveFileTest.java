package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.Checkpoints;
import org.hyalite.tomo.DataTerm;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Regulariser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects a reconstruction from going on from a state that is not its own, or not whole. */
class SolveFileTest {
    @TempDir
    Path temp;

    private final List<String> warnings = new ArrayList<>();
    private final byte[] state = new byte[100_000];

    SolveFileTest() {
        new Random(3).nextBytes(state);
    }

    private static RunSettings run() {
        return RunSettings.of(Optional.of(1), Optional.empty()).withCheckpoints(Duration.ZERO);
    }

    private SolveFile opened(String key) {
        return SolveFile.beside(temp.resolve("volume.mrc"), key, run().resuming(), warnings::add);
    }

    private Path file() {
        return temp.resolve("volume.mrc.checkpoint");
    }

    private void written() {
        opened("own").write(out -> out.write(state));
    }

    private void startsAnew(String key) {
        SolveFile again = opened(key);
        assertThat(again.find()).isEmpty();
        assertThat(again.found()).isFalse();
    }

    @Test
    void what_was_written_is_read_back_as_often_as_it_is_asked_for() throws IOException {
        written();
        SolveFile again = opened("own");
        for (int i = 0; i < 2; i++) {
            try (InputStream in = again.find().orElseThrow()) {
                assertThat(in.readNBytes(state.length)).isEqualTo(state);
            }
        }
        assertThat(again.found()).isTrue();
        again.remove();
        assertThat(temp).isEmptyDirectory();
        assertThat(warnings).isEmpty();
    }

    @Test
    void without_resume_nothing_is_read() {
        written();
        assertThat(SolveFile.beside(temp.resolve("volume.mrc"), "own", run(), warnings::add)
                        .find())
                .isEmpty();
    }

    @Test
    void another_key_is_not_used_and_told() {
        written();
        startsAnew("ano");
        assertThat(warnings).hasSize(1).allSatisfy(w -> assertThat(w).contains("of other data or settings"));
    }

    @Test
    void one_cut_anywhere_is_set_aside_and_told() throws IOException {
        written();
        byte[] whole = Files.readAllBytes(file());
        for (int length : new int[] {0, 1, 7, 25, 40, whole.length / 2, whole.length - 8, whole.length - 1}) {
            warnings.clear();
            Files.write(file(), java.util.Arrays.copyOf(whole, length));
            startsAnew("own");
            assertThat(warnings).as("%d bytes", length).hasSize(1);
            assertThat(warnings.get(0)).contains("damaged", "set aside as volume.mrc.checkpoint.damaged");
            assertThat(file()).doesNotExist();
            assertThat(temp.resolve("volume.mrc.checkpoint.damaged")).hasSize(length);
        }
    }

    @Test
    void one_with_a_bit_turned_anywhere_is_set_aside() throws IOException {
        written();
        byte[] whole = Files.readAllBytes(file());
        Random random = new Random(11);
        for (int i = 0; i < 40; i++) {
            byte[] bad = whole.clone();
            bad[i == 0 ? whole.length - 1 : random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file(), bad);
            warnings.clear();
            startsAnew("own");
            assertThat(warnings).hasSize(1);
        }
    }

    @Test
    void a_place_that_cannot_be_written_ends_nothing() throws IOException {
        Files.writeString(temp.resolve("a file"), "");
        SolveFile nowhere = SolveFile.beside(temp.resolve("a file").resolve("volume.mrc"), "own", run(), warnings::add);
        nowhere.write(out -> out.write(state));
        assertThat(warnings).hasSize(1).allSatisfy(w -> assertThat(w).contains("cannot be resumed"));
    }

    @Test
    void it_is_due_by_time_alone() {
        assertThat(opened("own").due()).isTrue();
        RunSettings hourly = run().withCheckpoints(Duration.ofHours(1));
        Checkpoints later = SolveFile.beside(temp.resolve("volume.mrc"), "own", hourly, warnings::add);
        assertThat(later.due()).isFalse();
        assertThatThrownBy(() -> run().withCheckpoints(Duration.ofMinutes(-1))).isInstanceOf(InputException.class);
    }

    private static TiltSeries series(double shift, float value) {
        TiltSeries series =
                TiltSeries.zeros(TiltGeometry.of(new double[] {0, 40}, new double[] {0, shift}, 0), 3, 4, 2);
        series.set(1, 2, 3, value);
        return series;
    }

    @Test
    void the_key_changes_with_everything_but_the_threads() {
        ReconstructionSettings settings = ReconstructionSettings.adf();
        Optional<TiltSeries> none = Optional.empty();
        double[] gains = {1, 2};
        DataTerm counts = new DataTerm.KullbackLeibler(series(0, 1), gains);
        List<String> keys = List.of(
                SolveKey.of(series(0, 1), none, settings),
                SolveKey.of(series(0, Math.nextUp(1f)), none, settings),
                SolveKey.of(series(0.1, 1), none, settings),
                SolveKey.of(series(0, 1), Optional.of(series(0, 2)), settings),
                SolveKey.of(series(0, 1), none, settings.with(new Regulariser.Tv2())),
                SolveKey.of(series(0, 1), none, settings.withPlanes(7)),
                SolveKey.of(series(0, 1), none, settings.withGap(1e-4, 2000)),
                SolveKey.of(series(0, 1), none, settings.with(counts)),
                SolveKey.of(
                        series(0, 1), none, settings.with(new DataTerm.KullbackLeibler(series(0, 3), new double[] {1, 2
                        }))),
                SolveKey.of(
                        series(0, 1), none, settings.with(new DataTerm.KullbackLeibler(series(0, 1), new double[] {1, 3
                        }))));
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(SolveKey.of(series(0, 1), none, settings.withThreads(3))).isEqualTo(keys.get(0));
        // of other objects with the same values, as a second program has them
        DataTerm again = new DataTerm.KullbackLeibler(series(0, 1), gains.clone());
        assertThat(SolveKey.of(series(0, 1), none, settings.with(again))).isEqualTo(keys.get(7));
    }

    @Test
    void the_key_of_several_volumes_knows_all_their_series() {
        ReconstructionSettings settings = ReconstructionSettings.adf();
        List<String> keys = new ArrayList<>();
        for (float[] values : new float[][] {{1, 1, 1}, {2, 1, 1}, {1, 2, 1}, {1, 1, 2}}) {
            JointData.Channel channel =
                    new JointData.Channel("Co", series(0, values[0]), series(0, values[1]), new double[] {1, 1});
            keys.add(SolveKey.of(new JointData(List.of(channel), Optional.of(series(0, values[2]))), settings));
            keys.add(SolveKey.of(new JointData(List.of(channel, channel), Optional.empty()), settings));
        }
        assertThat(keys.subList(0, 7)).doesNotHaveDuplicates();
    }
}
