package org.hyalite.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hyalite.io.bcf.BcfFile;
import org.hyalite.io.bcf.SpxFile;
import org.hyalite.io.dm.DmFile;
import org.hyalite.io.edax.SpcFile;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Selection;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.hspy.HspyFile;
import org.hyalite.io.jeol.JeolFile;
import org.hyalite.io.mrc.MrcFile;
import org.hyalite.io.ncem.NcemFile;
import org.hyalite.io.ripple.RippleFile;
import org.hyalite.io.tia.TiaFile;
import org.hyalite.io.velox.VeloxFile;
import org.hyalite.io.msa.MsaFile;
import org.hyalite.io.tiff.TiffFile;
import org.hyalite.io.zarr.OmeZarrFile;
import org.hyalite.io.zarr.ZspyFile;

/** The door: opens a microscope file of whatever format it is. */
public final class MicroscopeFile {
    /** All formats that can be read, in the order in which they are asked. A new format is added here. */
    private static final List<Format> FORMATS = List.of(
            BcfFile.format(),
            SpxFile.format(),
            JeolFile.format(), // before MRC, with which it shares .map
            SpcFile.format(),
            DmFile.format(),
            TiaFile.format(),
            VeloxFile.format(),
            NcemFile.format(),
            HspyFile.format(),
            ZspyFile.format(),
            MrcFile.format(),
            RippleFile.format(),
            MsaFile.format(),
            TiffFile.format(),
            OmeZarrFile.format());

    private static final int PACKED_BYTES = 6;

    /** First bytes of what packs files. */
    private static final Map<String, byte[]> PACKERS = Map.of(
            "gzip", new byte[] {0x1f, (byte) 0x8b},
            "bzip2", new byte[] {'B', 'Z', 'h'},
            "zip", new byte[] {'P', 'K', 3, 4},
            "xz", new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0});

    private MicroscopeFile() {}

    /** The formats that can be read. */
    public static List<Format> formats() {
        return FORMATS;
    }

    /**
     * Reads a file whole.
     *
     * @throws org.hyalite.io.format.MicroscopeFileException in one line, if it is missing, empty, of no known format, damaged or not supported
     */
    public static Recording open(Path file) {
        return open(file, Selection.ALL);
    }

    /**
     * Reads the frames and detectors of a file that are wanted.
     *
     * @throws org.hyalite.io.format.MicroscopeFileException as {@link #open(Path)}, and if they cannot be chosen
     */
    public static Recording open(Path file, Selection wanted) {
        if (!Files.exists(file)) {
            throw new UnsupportedFileException(file, "there is no such file");
        }
        if (!Files.isReadable(file)) {
            throw new UnsupportedFileException(file, "it may not be read; check its permissions");
        }
        Format format = FORMATS.stream()
                .filter(f -> f.recognises(file))
                .findFirst()
                .orElseThrow(() -> unknown(file));
        try {
            if (Files.isRegularFile(file) && Files.size(file) == 0) {
                throw MalformedFileException.at(file, 0, "the file is empty");
            }
        } catch (IOException e) {
            throw new MalformedFileException(file, "reading it", String.valueOf(e.getMessage()), e);
        }
        return format.read(file, wanted);
    }

    private static UnsupportedFileException unknown(Path file) {
        if (Files.isDirectory(file)) {
            return new UnsupportedFileException(file, "this folder is of no format that is read: " + names());
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(PACKED_BYTES);
            for (Map.Entry<String, byte[]> packer : PACKERS.entrySet()) {
                byte[] magic = packer.getValue();
                if (Arrays.equals(head, 0, Math.min(head.length, magic.length), magic, 0, magic.length)) {
                    return new UnsupportedFileException(file, "packed with " + packer.getKey() + "; unpack it first");
                }
            }
        } catch (IOException e) {
            return new UnsupportedFileException(file, "cannot be read: " + e.getMessage());
        }
        return new UnsupportedFileException(file, "this file is of no format that is read: " + names());
    }

    private static String names() {
        return FORMATS.stream().map(Format::name).collect(Collectors.joining(", "));
    }
}
