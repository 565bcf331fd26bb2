package org.hyalite.io.zarr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.hspy.HyperSpyExperiments;
import tools.jackson.databind.JsonNode;

/** Reads HyperSpy's {@code .zspy} folders (Zarr version 2): every signal within. */
public final class ZspyFile implements Format {
    private ZspyFile() {}

    /** The format. */
    public static ZspyFile format() {
        return new ZspyFile();
    }

    @Override
    public String name() {
        return "HyperSpy Zarr (.zspy)";
    }

    @Override
    public boolean recognises(Path file) {
        Path name = file.getFileName();
        return name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(".zspy");
    }

    @Override
    public Recording read(Path file) {
        if (!Files.isDirectory(file)) {
            throw new UnsupportedFileException(
                    file, "a .zspy is a folder, this is a file; if it is zipped, unzip it first");
        }
        if (Files.exists(file.resolve("zarr.json"))) {
            throw new UnsupportedFileException(file, "it is of Zarr version 3; version 2 is read");
        }
        if (!Files.exists(file.resolve(".zgroup"))) {
            throw new MalformedFileException(file, ".zgroup", "it is missing: not a Zarr folder, or not copied whole");
        }
        JsonNode about = ZarrFolder.readJson(file, file.resolve(".zgroup"), ".zgroup");
        ZarrFolder.requireVersion2(file, about, ".zgroup");
        try {
            return HyperSpyExperiments.read(file, name(), new ZarrGroup(file, file, ""));
        } catch (MicroscopeFileException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw UnsupportedFileException.tooLarge(file);
        } catch (RuntimeException | StackOverflowError e) {
            throw new MalformedFileException(file, "its folders", "they cannot be read: " + e, e);
        }
    }
}
