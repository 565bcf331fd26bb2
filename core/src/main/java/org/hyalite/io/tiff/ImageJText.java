package org.hyalite.io.tiff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.hyalite.io.format.LengthUnit;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/**
 * ImageJ's description of a hyperstack: lines {@code key=value} after {@code ImageJ=version}. Planes run over channels
 * first, then slices, then frames; the resolution tags count pixels per {@code unit}.
 */
final class ImageJText {
    private final TiffBytes file;
    private final Map<String, String> words = new LinkedHashMap<>();

    private ImageJText(TiffBytes file, String text) {
        this.file = file;
        for (String line : text.split("\\R")) {
            int at = line.indexOf('=');
            if (at > 0) {
                words.putIfAbsent(
                        line.substring(0, at).strip(), line.substring(at + 1).strip());
            }
        }
    }

    static boolean isOne(String text) {
        return text.startsWith("ImageJ=");
    }

    /**
     * @param pages the pages that hold planes, as indices of directories
     */
    static List<Stored> read(TiffBytes file, List<TiffDirectory> directories, List<Integer> pages) {
        TiffDirectory first = directories.get(pages.get(0));
        return new ImageJText(file, first.text(Tag.DESCRIPTION)).plan(first, directories, pages);
    }

    private List<Stored> plan(TiffDirectory first, List<TiffDirectory> directories, List<Integer> pages) {
        int channels = count("channels");
        int slices = count("slices");
        int frames = count("frames");
        int images = Math.max(count("images"), pages.size());
        if ((long) channels * slices * frames != images) {
            if (channels > 1 || frames > 1) {
                throw damaged(channels + " channels × " + slices + " slices × " + frames + " frames, but there are "
                        + images + " images");
            }
            slices = images;
        }
        if (pages.size() > 1 && pages.size() < images) {
            throw damaged("there are " + pages.size() + " pages for " + images + " images");
        }
        PageLayout layout = PageLayout.of(file, first);
        if (pages.size() < images && (layout.tiled() || layout.compression() != Compression.NONE)) {
            throw damaged("there is one page for " + images + " images, and it is not stored plainly");
        }
        long bytes = layout.rowBytes() * layout.height();
        if (pages.size() < images && (images > file.size() || bytes * images > file.size())) {
            throw damaged("there are no " + images + " images in its " + file.size() + " bytes");
        }
        OptionalDouble unit = LengthUnit.nm(words.getOrDefault("unit", ""));
        double x = size(first, Tag.X_RESOLUTION, unit);
        double y = size(first, Tag.Y_RESOLUTION, unit);
        double z = unit.isPresent() ? number("spacing") * unit.getAsDouble() : Double.NaN;
        Acquisition known = KnownText.read(words, "ImageDescription");
        boolean tilted = known.numbers(Key.TILTS).isPresent();
        String title = words.getOrDefault("title", "");
        List<Stored> all = new ArrayList<>();
        boolean eachFrame = slices > 1 && frames > 1;
        for (int c = 0; c < channels; c++) {
            for (int t = 0; t < (eachFrame ? frames : 1); t++) {
                List<Stored.Plane> planes = new ArrayList<>();
                for (int k = 0; k < (eachFrame ? slices : slices * frames); k++) {
                    int index = c + channels * (k + (eachFrame ? slices * t : 0));
                    planes.add(
                            pages.size() == images
                                    ? new Stored.Plane(pages.get(index), 0, 0)
                                    : new Stored.Plane(pages.get(0), 0, index));
                }
                String name = title
                        + (channels > 1 ? (title.isEmpty() ? "" : " ") + "channel " + (c + 1) : "")
                        + (eachFrame ? " frame " + (t + 1) : "");
                boolean volume = slices > 1 && !tilted && z > 0;
                all.add(new Stored(name, planes, volume, z > 0 ? z : Double.NaN, y, x, "XResolution, unit", known));
            }
        }
        return all;
    }

    private static double size(TiffDirectory page, int tag, OptionalDouble unit) {
        double perUnit = page.number(tag).orElse(0.0);
        return unit.isPresent() && perUnit > 0 ? unit.getAsDouble() / perUnit : Double.NaN;
    }

    private int count(String key) {
        String word = words.getOrDefault(key, "1");
        if (!word.matches("[0-9]{1,9}") || Integer.parseInt(word) < 1) {
            throw damaged(key + " is '" + (word.length() > 40 ? word.substring(0, 40) : word) + "'");
        }
        return Integer.parseInt(word);
    }

    private double number(String key) {
        try {
            double value = Double.parseDouble(words.getOrDefault(key, "NaN"));
            return Double.isFinite(value) ? Math.abs(value) : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private MalformedFileException damaged(String found) {
        return new MalformedFileException(file.file(), "ImageJ's description", found);
    }
}
