package org.hyalite.io.dm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyalite.grid.Image;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/** Makes a picture, {@code [y, x]}, or a stack of them, {@code [z or tilt, y, x]}, of an image that holds no spectra. */
final class DmPictures {
    private static final int SCRATCH = 1 << 18;

    private DmPictures() {}

    static Signal of(DmImage image, List<String> warnings) throws DmImage.NotRead {
        List<DmAxis> axes = image.axes();
        if (axes.size() == 1) {
            throw new DmImage.NotRead(image.shown() + " is a profile of "
                    + axes.get(0).size() + " values without an energy axis, which is not read");
        }
        DmAxis x = axes.get(0);
        DmAxis y = axes.get(1);
        double pixelNm = pixelNm(image, x, y, warnings);
        int planes = axes.size() == 3 ? axes.get(2).size() : 1;
        Statistics.Collector statistics = new Statistics.Collector();
        List<Image> images = images(image, planes, y.size(), x.size(), pixelNm, statistics);
        Acquisition known = DmMetadata.of(image, pixelNm);
        List<Axis> named = new ArrayList<>(List.of(y.named("y"), x.named("x")));
        if (planes == 1) {
            known = DmMetadata.addScan(image, known);
            return new Signal(image.name(), named, statistics.get(), known, new Signal.Picture(images.get(0)));
        }
        DmAxis z = axes.get(2);
        Optional<Tilts> tilts = tilts(image, z);
        if (tilts.isPresent()) {
            known = known.withNumbers(Key.TILTS, tilts.get().degrees, tilts.get().source);
        } else if (z.kind() == DmAxis.Kind.OTHER) {
            warnings.add(image.shown() + ": its " + planes + " planes have "
                    + (z.unit().isEmpty() ? "no unit" : "the unit '" + z.unit() + "'") + ": no tilts are known");
        }
        boolean volume = tilts.isEmpty() && z.kind() == DmAxis.Kind.LENGTH;
        known = DmMetadata.addScan(image, known);
        named.add(0, volume ? z.named("z") : tilts.map(t -> t.axis).orElse(new Axis("tilt", planes, 1, 0, "")));
        return new Signal(image.name(), named, statistics.get(), known, new Signal.Stack(images, volume));
    }

    /** Angles of the planes, with where they stand. */
    private record Tilts(List<Double> degrees, String source, Axis axis) {}

    /** The angles listed for the third dimension if they are, else those of its calibration if that is an angle. */
    private static Optional<Tilts> tilts(DmImage image, DmAxis z) {
        Axis axis = z.named("tilt");
        List<Double> even = new ArrayList<>();
        for (int i = 0; i < z.size(); i++) {
            even.add(axis.offset() + i * axis.scale());
        }
        Optional<String> label = image.text("Meta Data", "Dimension info", "2", "Label");
        if (label.isPresent() && label.get().startsWith("Tilt angle (deg")) {
            List<Double> listed = new ArrayList<>();
            Optional<DmTag.Group> data = image.tags().group("Meta Data", "Dimension info", "2", "Data");
            for (int i = 0; i < z.size() && data.isPresent(); i++) {
                data.get()
                        .number(Integer.toString(i))
                        .filter(DmMetadata::isAngle)
                        .ifPresent(listed::add);
            }
            if (listed.size() == z.size()) {
                boolean same = z.kind() == DmAxis.Kind.ANGLE;
                for (int i = 0; i < z.size(); i++) {
                    same &= Math.abs(listed.get(i) - even.get(i)) <= 1e-3 * Math.abs(axis.scale());
                }
                return Optional.of(new Tilts(
                        listed,
                        "ImageTags/Meta Data/Dimension info/2/Data",
                        same ? axis : new Axis("tilt", z.size(), 1, 0, "")));
            }
        }
        if (z.kind() == DmAxis.Kind.ANGLE && even.stream().allMatch(DmMetadata::isAngle)) {
            return Optional.of(new Tilts(even, "Calibrations/Dimension/[2]", axis));
        }
        return Optional.empty();
    }

    /** The edge of a pixel, nm; not a number, with a warning, where the dimensions do not give one. */
    static double pixelNm(DmImage image, DmAxis x, DmAxis y, List<String> warnings) {
        boolean lengths = x.kind() == DmAxis.Kind.LENGTH && y.kind() == DmAxis.Kind.LENGTH;
        if (!lengths) {
            warnings.add(image.shown() + ": its pixels have "
                    + (x.unit().isEmpty() ? "no unit" : "unit '" + x.unit() + "'") + ", so there is no pixel size");
            return Double.NaN;
        }
        double dx = Math.abs(x.named("x").scale());
        double dy = Math.abs(y.named("y").scale());
        if (Math.abs(dx - dy) > 1e-3 * dx) {
            warnings.add(image.shown() + ": pixels of " + (float) dx + " × " + (float) dy
                    + " nm are not square; no pixel size is taken from the file");
            return Double.NaN;
        }
        return dx;
    }

    private static List<Image> images(
            DmImage image, int planes, int ny, int nx, double pixelNm, Statistics.Collector statistics)
            throws DmImage.NotRead {
        if ((long) ny * nx > Integer.MAX_VALUE - 8) {
            throw new DmImage.NotRead(
                    image.shown() + " has images of " + ny + " × " + nx + " pixels, which are too large");
        }
        image.requireMemory(4.0 * planes * ny * nx);
        List<Image> images = new ArrayList<>();
        double[] row = new double[nx];
        ByteBuffer scratch = ByteBuffer.allocate((int) Math.min(SCRATCH, 8L * nx));
        for (int z = 0; z < planes; z++) {
            float[] values = new float[ny * nx];
            for (int y = 0; y < ny; y++) {
                image.read(((long) z * ny + y) * nx, nx, row, 0, scratch);
                for (int x = 0; x < nx; x++) {
                    if (!Float.isFinite((float) row[x])) {
                        throw image.malformed(
                                ", image " + z + ", pixel (y " + y + ", x " + x + ")",
                                "it holds " + row[x] + ", which is no intensity");
                    }
                    statistics.add(row[x]);
                    values[y * nx + x] = (float) row[x];
                }
            }
            images.add(Image.of(ny, nx, pixelNm, values));
        }
        return images;
    }
}
