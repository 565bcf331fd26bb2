package org.hyalite.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hyalite.io.format.Reason;
import org.hyalite.physics.Element;
import org.hyalite.study.recipe.InputException;

/** Where everything stands in a results folder. */
final class ResultFiles {
    private final Path folder;

    private ResultFiles(Path folder) {
        this.folder = folder;
    }

    /** A results folder, made if it is missing; refused at once if it cannot be written. */
    static ResultFiles create(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".hyalite", ".part"));
        } catch (IOException e) {
            throw new InputException(
                    folder + ": cannot be written (" + Reason.of(e) + "); choose another output folder", e);
        }
        return new ResultFiles(folder);
    }

    /** A results folder that is there. */
    static ResultFiles existing(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + ": no such folder; give the output of 'hyalite run'");
        }
        return new ResultFiles(folder);
    }

    Path folder() {
        return folder;
    }

    Path calibration() {
        return folder.resolve("calibration.json");
    }

    Path standard(String name, String file) {
        return folder.resolve("standards").resolve(name).resolve(file);
    }

    Path sample(String file) {
        return folder.resolve("sample").resolve(file);
    }

    Path density(Element element) {
        return sample("density_" + element.symbol() + ".mrc");
    }

    Path phases() {
        return folder.resolve("phases.json");
    }

    Path provenance() {
        return folder.resolve("provenance.json");
    }

    Path report() {
        return folder.resolve("report.html");
    }

    Path figures() {
        return folder.resolve("figures");
    }
}
