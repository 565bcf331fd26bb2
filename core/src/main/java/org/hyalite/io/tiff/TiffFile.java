package org.hyalite.io.tiff;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.Image;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/**
 * Reads TIFF and BigTIFF files, in strips or tiles, of whole numbers of up to 64 bits and floats, plain or compressed by
 * LZW, deflate, PackBits or zstd: images, and stacks laid out by ImageJ's description, by OME-XML, or by nothing but the
 * order of pages. Row 0 of the file is row 0 of the image. A stack is a volume where the distance of its planes is given.
 */
public final class TiffFile implements Format {
    private static final String NAME = "TIFF (.tif .tiff, OME-TIFF)";
    private static final double SQUARE = 1e-3;

    private TiffFile() {}

    /** The format. */
    public static TiffFile format() {
        return new TiffFile();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.matches(".*[.](tiff?|btf|tf8)");
    }

    @Override
    public Recording read(Path file) {
        try (TiffBytes bytes = TiffBytes.open(file)) {
            return read(bytes);
        } catch (MicroscopeFileException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw new UnsupportedFileException(file, "it needs more memory than there is; raise the limit");
        } catch (RuntimeException e) {
            throw new MalformedFileException(file, "its directories", "they cannot be read: " + e, e);
        }
    }

    private static Recording read(TiffBytes bytes) {
        List<String> warnings = new ArrayList<>();
        List<TiffDirectory> directories = bytes.directories();
        List<Integer> pages = new ArrayList<>();
        for (int i = 0; i < directories.size(); i++) {
            if ((directories.get(i).whole(Tag.NEW_SUBFILE_TYPE, 0) & 1) == 0) {
                pages.add(i);
            }
        }
        if (pages.isEmpty()) {
            pages.add(0);
        }
        if (pages.size() < directories.size()) {
            warnings.add("smaller copies of its images are left out");
        }
        String description = directories.get(pages.get(0)).text(Tag.DESCRIPTION);
        List<Stored> plans;
        if (OmeXml.isOne(description)) {
            plans = OmePages.read(bytes.file(), OmeXml.parse(bytes.file(), description), directories.size());
        } else if (ImageJText.isOne(description)) {
            plans = ImageJText.read(bytes, directories, pages);
        } else {
            plans = PlainPages.read(bytes, directories, pages, warnings);
        }
        requireMemory(bytes, directories, plans);
        List<Signal> signals = new ArrayList<>();
        for (Stored plan : plans) {
            signals.add(signal(bytes, directories, plan, warnings));
        }
        return new Recording(
                bytes.file(), NAME, signals, warnings.stream().distinct().toList());
    }

    private static void requireMemory(TiffBytes bytes, List<TiffDirectory> directories, List<Stored> plans) {
        double need = 0;
        for (Stored plan : plans) {
            PageLayout layout =
                    PageLayout.of(bytes, directories.get(plan.planes().get(0).page()));
            need += 4.0 * layout.width() * layout.height() * plan.planes().size();
            if ((long) layout.width() * layout.height() > Integer.MAX_VALUE - 8) {
                throw new UnsupportedFileException(
                        bytes.file(),
                        "images of " + layout.height() + " × " + layout.width() + " pixels are too large");
            }
        }
        // 1 bit a pixel, four thousandfold compressed, is the most that bytes can be worth
        if (need > Math.max(1L << 26, bytes.size() * 32.0 * 4096)) {
            throw new MalformedFileException(
                    bytes.file(),
                    "its directories",
                    "their images would take " + ((long) need >> 20) + " MiB, which cannot come from a file of "
                            + bytes.size() + " bytes");
        }
        long most = Runtime.getRuntime().maxMemory();
        if (need > most - most / 10) {
            throw new UnsupportedFileException(
                    bytes.file(),
                    "its images need " + ((long) need >> 20) + " MiB of memory; " + (most >> 20) + " MiB are allowed");
        }
    }

    private static Signal signal(TiffBytes bytes, List<TiffDirectory> directories, Stored plan, List<String> warnings) {
        double pixelNm = pixelNm(plan, warnings);
        List<Image> images = new ArrayList<>();
        Statistics.Collector statistics = new Statistics.Collector();
        TiffDirectory first = directories.get(plan.planes().get(0).page());
        PageLayout shape = PageLayout.of(bytes, first);
        for (Stored.Plane plane : plan.planes()) {
            TiffDirectory page = directories.get(plane.page());
            PageLayout layout = PageLayout.of(bytes, page);
            if (!layout.sameShape(shape)) {
                throw new MalformedFileException(
                        bytes.file(),
                        "the directory at byte " + page.place(),
                        "a plane of " + layout.height() + " × " + layout.width() + " pixels in a stack of "
                                + shape.height() + " × " + shape.width());
            }
            note(layout, warnings);
            float[] values = new float[layout.width() * layout.height()];
            long shift = plane.further() * layout.rowBytes() * layout.height();
            PagePixels.read(bytes, page, layout, plane.sample(), shift, values, statistics);
            images.add(Image.of(layout.height(), layout.width(), pixelNm, values));
        }
        Acquisition known = plan.acquisition();
        if (!Double.isNaN(pixelNm)) {
            known = known.with(Key.PIXEL_SIZE, pixelNm, plan.source());
        }
        List<Axis> axes = new ArrayList<>();
        if (images.size() > 1) {
            axes.add(plan.volume() ? axis("z", images.size(), plan.zNm()) : tiltAxis(images.size(), known));
        }
        axes.add(axis("y", shape.height(), plan.yNm()));
        axes.add(axis("x", shape.width(), plan.xNm()));
        boolean tilts =
                known.numbers(Key.TILTS).map(all -> all.size() != images.size()).orElse(false);
        if (tilts) {
            throw new MalformedFileException(
                    bytes.file(),
                    known.source(Key.TILTS).orElse("tilts"),
                    known.numbers(Key.TILTS).orElseThrow().size() + " tilts for " + images.size() + " images");
        }
        Signal.Data data =
                images.size() == 1 ? new Signal.Picture(images.get(0)) : new Signal.Stack(images, plan.volume());
        return new Signal(plan.name(), axes, statistics.get(), known, data);
    }

    /** Index by index, unless the tilts are known and evenly spaced. */
    private static Axis tiltAxis(int size, Acquisition known) {
        List<Double> tilts = known.numbers(Key.TILTS).orElse(List.of());
        double step = tilts.size() == size ? (tilts.get(size - 1) - tilts.get(0)) / (size - 1) : 0;
        boolean even = step != 0;
        for (int i = 0; even && i < size; i++) {
            even = Math.abs(tilts.get(0) + i * step - tilts.get(i)) <= 1e-3 * Math.abs(step);
        }
        return even ? new Axis("tilt", size, step, tilts.get(0), "deg") : new Axis("tilt", size, 1, 0, "");
    }

    private static void note(PageLayout layout, List<String> warnings) {
        if (layout.photometric() == 0) {
            warnings.add("0 stands for white in this file; its values are given as they are");
        } else if (layout.photometric() == 3) {
            warnings.add("its values are numbers of colours in a palette, not intensities");
        }
    }

    private static double pixelNm(Stored plan, List<String> warnings) {
        double x = plan.xNm();
        double y = plan.yNm();
        if (!(x > 0) || !(y > 0) || Double.isInfinite(x) || Double.isInfinite(y)) {
            return Double.NaN;
        }
        if (Math.abs(x - y) > SQUARE * x) {
            warnings.add("pixels of " + x + " × " + y + " nm are not square; no pixel size is taken from the file");
            return Double.NaN;
        }
        if (plan.volume() && Math.abs(x - plan.zNm()) > SQUARE * x) {
            warnings.add(
                    "its voxels are " + x + " nm wide and " + plan.zNm() + " nm high; " + x + " nm is taken for both");
        }
        return x;
    }

    private static Axis axis(String name, int size, double nm) {
        return nm > 0 && Double.isFinite(nm) ? new Axis(name, size, nm, 0, "nm") : new Axis(name, size, 1, 0, "");
    }
}
