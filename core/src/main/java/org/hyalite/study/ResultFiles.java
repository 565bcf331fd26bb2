package org.hyalite.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Reason;
import org.hyalite.physics.Element;
import org.hyalite.study.recipe.InputException;

/** Where everything stands in a results folder. */
final class ResultFiles {
    /** The folder in {@code sample/} with all elements as channels. */
    static final String CHANNELS = "volume.ome.zarr";

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

    /** What earlier runs wrote here, by name; anything else in the folder is somebody else's and stays. */
    private static final List<Pattern> OURS = List.of(
            Pattern.compile(
                    "(calibration|phases|uncertainty|null_control|interface|provenance|truth-comparison|[.]resume)[.]json|report[.]html"),
            Pattern.compile("figures/[^/]+[.](png|svg)"),
            Pattern.compile("figures/data/[^/]+[.]json"),
            Pattern.compile("sample/(density|sd|counts|volume|uncorrected|transmission)_[^/]+[.](mrc|rawtlt)"),
            Pattern.compile("sample/region_[^/]+[.](mrc|rawtlt|json|msa)"),
            Pattern.compile("sample/(alignment|convergence|absorption|counts|tilt_gains)[.](csv|json)"),
            Pattern.compile("(sample|standards/[^/]+)/[.]?[^/]+[.]mrc[.]checkpoint([.]damaged|[.]part)?"),
            Pattern.compile("standards/[^/]+/(volume[.]mrc|thickness[.]mrc|threshold[.]json)"));

    /** What no resumed run reads back, and not every run writes. */
    private static final List<Pattern> OF_FINISHED_RUN = List.of(
            Pattern.compile("(uncertainty|null_control|interface|truth-comparison)[.]json"),
            Pattern.compile("figures/(data/)?(null-control[^/]*|interface)[.](png|svg|json)"),
            Pattern.compile("sample/sd_[^/]+[.]mrc"),
            Pattern.compile("sample/region_[^/]+[.](mrc|rawtlt|json|msa)"));

    /**
     * Removes what a resumed run would leave as it is where it is not asked for any more: errors or a null control of volumes
     * that were made with other settings would lie beside the new ones as if they were theirs.
     */
    void removeResultsOfEarlierRun() {
        remove(OF_FINISHED_RUN);
    }

    /** Removes what an earlier run left here, so that two runs are never mixed. */
    void removeEarlierRun() {
        if (Files.exists(sample(CHANNELS).resolve(".zgroup"))) {
            AtomicWrite.discard(sample(CHANNELS));
        }
        remove(OURS);
    }

    private void remove(List<Pattern> names) {
        try (Stream<Path> all = Files.walk(folder, 3)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (names.stream().anyMatch(p -> p.matcher(name).matches())) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new InputException(
                    folder + ": an earlier run cannot be removed (" + Reason.of(e) + "); choose another folder", e);
        }
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

    Path uncertainty() {
        return folder.resolve("uncertainty.json");
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

    /** What a figure shows. */
    Path figureData(String name) {
        return figures().resolve("data").resolve(name + ".json");
    }
}
