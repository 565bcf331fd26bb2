package org.hyalite.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A few hundred seeded mutations of every format's sound files, one file of a folder or pair in turn: each is read, or
 * refused in one line that names a file and nothing else, within bounded memory and time. The properties
 * {@code hyalite.fuzz} (mutations per format) and {@code hyalite.fuzz.seed} make it longer, and another.
 */
class FuzzTest {
    private static final int MUTATIONS = Integer.getInteger("hyalite.fuzz", 250);
    private static final long SEED = Long.getLong("hyalite.fuzz.seed", 1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Seeds.class)
    @Timeout(value = 4, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void mutationsAreReadOrRefused(Seeds format) throws IOException {
        Random random = new Random(SEED);
        Mutator mutator = new Mutator(random);
        List<Trial> trials = new ArrayList<>();
        for (Seed seed : format.make(Files.createDirectory(folder.resolve("made")))) {
            Trial trial = new Trial(Files.createDirectory(folder.resolve("seed" + trials.size())), seed);
            assertThat(trial.reads(0, trial.part(0), "the sound file")).isTrue();
            trials.add(trial);
        }
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Trial trial = trials.get(i % trials.size());
            int part = random.nextInt(trial.parts());
            byte[] spoilt = mutator.spoil(trial.part(part));
            refused += trial.reads(part, spoilt, "seed " + SEED + ", mutation " + i) ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(MUTATIONS / 20);
    }
}
