package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.hyalite.study.RunSettings.Figures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects a long study from a figure that cannot be drawn. */
class FigureFilesTest {
    @TempDir
    Path folder;

    @Test
    void machineWithoutFontsIsWarnedOfOnceAndTheStudyGoesOn() {
        StudyRecord record = new StudyRecord();
        FigureFiles figures = new FigureFiles(ResultFiles.create(folder), Figures.DRAWN, record);
        for (String name : new String[] {"one", "two"}) {
            figures.write(name, () -> {
                throw new IllegalStateException("this machine has no fonts to draw figures with");
            });
        }
        assertThat(record.warnings())
                .containsExactly("figures are left out: this machine has no fonts to draw figures with");
        assertThat(figures.png("one")).isEmpty();
        assertThat(folder.resolve("figures")).doesNotExist();
    }

    @Test
    void figureThatCannotBeLaidOutIsNamed() {
        StudyRecord record = new StudyRecord();
        new FigureFiles(ResultFiles.create(folder), Figures.DRAWN, record).write("alignment", () -> {
            throw new IllegalArgumentException("a curve without points");
        });
        assertThat(record.warnings()).containsExactly("figure alignment is left out: a curve without points");
    }
}
