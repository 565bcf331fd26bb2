package org.hyalite.io.dm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;

/**
 * Reads Gatan DigitalMicrograph's {@code .dm3} and {@code .dm4} files: every image but the thumbnails, as a picture, a
 * tilt series, a volume, a spectrum or a spectrum image. Intensities are the stored numbers; the calibration of
 * brightness is not applied. Complex numbers and colour pictures are not read.
 */
public final class DmFile implements Format {
    private static final String NAME = "DigitalMicrograph (.dm3 .dm4)";

    private DmFile() {}

    public static DmFile format() {
        return new DmFile();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(Path file) {
        String name =
                file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".dm3") || name.endsWith(".dm4");
    }

    @Override
    public Recording read(Path file) {
        try (DmBytes in = DmBytes.open(file)) {
            DmTag.Group root = DmTagReader.read(in);
            List<DmTag.Group> entries = root.group("ImageList")
                    .orElseThrow(() -> new MalformedFileException(file, "ImageList", "it is missing"))
                    .groups();
            Set<Integer> thumbnails = thumbnails(root);
            List<Signal> signals = new ArrayList<>();
            List<String> notRead = new ArrayList<>();
            List<String> warnings = new ArrayList<>();
            for (int i = 0; i < entries.size(); i++) {
                if (thumbnails.contains(i) && entries.size() > 1) {
                    continue;
                }
                try {
                    signals.add(signal(DmImage.of(in, "ImageList/[" + i + "]", entries.get(i)), warnings));
                } catch (DmImage.NotRead e) {
                    notRead.add(e.getMessage());
                }
            }
            if (signals.isEmpty()) {
                throw new UnsupportedFileException(
                        file, notRead.isEmpty() ? "it holds no image" : String.join("; ", notRead));
            }
            warnings.addAll(notRead);
            return new Recording(file, NAME, signals, warnings);
        }
    }

    private static Signal signal(DmImage image, List<String> warnings) throws DmImage.NotRead {
        return DmSpectra.isSpectral(image) ? DmSpectra.of(image, warnings) : DmPictures.of(image, warnings);
    }

    /** The places in the list of images that hold only a thumbnail of another. */
    private static Set<Integer> thumbnails(DmTag.Group root) {
        Set<Integer> places = new HashSet<>();
        for (DmTag.Group thumbnail :
                root.group("Thumbnails").orElse(DmTag.Group.EMPTY).groups()) {
            Optional<Double> place = thumbnail.number("ImageIndex");
            place.ifPresent(p -> places.add(p.intValue()));
        }
        return places;
    }
}
