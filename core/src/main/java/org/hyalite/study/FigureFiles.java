package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hyalite.figure.Figure;
import org.hyalite.figure.Look;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.study.RunSettings.Figures;

/**
 * Draws the figures of a results folder, each as PNG and SVG, and keeps what each shows. A figure that cannot be drawn (a machine without fonts) is
 * left out with a warning: the numbers that took hours do not depend on it.
 */
final class FigureFiles {
    private static final double DPI = 300;

    private final ResultFiles files;
    private final Figures wanted;
    private final StudyRecord record;
    private final Set<String> drawn = new LinkedHashSet<>();

    FigureFiles(ResultFiles files, Figures wanted, StudyRecord record) {
        this.files = files;
        this.wanted = wanted;
        this.record = record;
    }

    /**
     * Draws and writes a figure, if figures are wanted.
     *
     * @param data what it shows, kept beside it; getting or drawing it may be refused with {@link IllegalStateException}
     *     or {@link IllegalArgumentException}
     */
    void write(String name, Supplier<? extends FigureData> data) {
        if (wanted == Figures.NONE) {
            return;
        }
        try {
            FigureData shown = data.get();
            Json.write(files.figureData(name), shown.toJson());
            Figure made = shown.draw(Look.USUAL);
            AtomicWrite.file(file(name, ".png"), out -> made.png(out, DPI));
            AtomicWrite.file(file(name, ".svg"), made::svg);
            drawn.add(name);
        } catch (IllegalStateException e) {
            record.warn("figures are left out: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            record.warn("figure " + name + " is left out: " + e.getMessage());
        }
    }

    /** The PNG of a figure that this study drew. */
    Optional<Path> png(String name) {
        return Optional.of(file(name, ".png")).filter(f -> drawn.contains(name) && Files.exists(f));
    }

    private Path file(String name, String ending) {
        return files.figures().resolve(name + ending);
    }
}
