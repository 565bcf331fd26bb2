package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hyalite.study.recipe.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects which files an experiment's {@code adf} and {@code eds} name. */
class FilePatternTest {
    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        for (String name :
                new String[] {"a/eds/t_2.hspy", "a/eds/t_1.hspy", "a/eds/.t_3.hspy", "b/eds/t_0.hspy", "c[1].mrc"}) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    @Test
    void globsGiveFilesInTheOrderOfTheirNames() {
        assertThat(FilePattern.expand(folder, "a/eds/*.hspy"))
                .containsExactly(folder.resolve("a/eds/t_1.hspy"), folder.resolve("a/eds/t_2.hspy"));
        assertThat(FilePattern.expand(folder, "?/eds/t_[02].hspy"))
                .containsExactly(folder.resolve("a/eds/t_2.hspy"), folder.resolve("b/eds/t_0.hspy"));
        assertThat(FilePattern.expand(Path.of("elsewhere"), folder + "/*/eds/t_0.hspy"))
                .containsExactly(folder.resolve("b/eds/t_0.hspy"));
    }

    @Test
    void plainPathsAreTakenAsTheyAreThoughTheyLookLikeGlobs() {
        assertThat(FilePattern.expand(folder, "c[1].mrc")).containsExactly(folder.resolve("c[1].mrc"));
        assertThat(FilePattern.expand(folder, "a/eds/t_1.hspy")).containsExactly(folder.resolve("a/eds/t_1.hspy"));
        assertThat(FilePattern.expand(folder, folder.resolve("c[1].mrc").toString()))
                .hasSize(1);
    }

    @Test
    void nothingFoundIsRefusedWithThePattern() {
        for (String pattern : new String[] {"a/eds/*.bcf", "nowhere/*.hspy", "a/eds/t_9.hspy", "c[1].mrc/*"}) {
            assertThatThrownBy(() -> FilePattern.expand(folder, pattern))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("no such file");
        }
    }
}
