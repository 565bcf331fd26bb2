package org.hyalite.study;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.figure.Palette;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import tools.jackson.databind.node.ObjectNode;

/**
 * The small 3D view of a report: the part of the elements' volumes that holds matter, averaged to at most 64 voxels along each axis, as bytes of which 255 stands
 * for a value that only a few outliers exceed, compressed, in the page itself; a still picture stands in its place in print and where it cannot run.
 */
final class ReportVolume {
    static final int MOST_VOXELS = 64;

    /** More elements than these the view does not take. */
    private static final int MOST_ELEMENTS = 8;

    /** Matter of this share of the threshold's density is kept in view, and so many voxels around it. */
    private static final double VISIBLE = 0.4;

    private static final int AROUND = 2;

    /** The share of voxels with matter that are no brighter than full colour. */
    private static final double BELOW = 0.997;

    private ReportVolume() {}

    /** The renderer and what starts it: one module. */
    static String script() {
        return uncommented(resource("volume.js") + "\n" + resource("report.js"));
    }

    /** Without lines that are comments only: who opens a report reads its numbers. */
    private static String uncommented(String script) {
        StringBuilder left = new StringBuilder();
        boolean comment = false;
        for (String line : script.split("\n")) {
            String text = line.strip();
            comment |= text.startsWith("/*");
            if (!comment && !text.isEmpty() && !text.startsWith("//")) {
                left.append(line.stripTrailing()).append('\n');
            }
            comment &= !text.endsWith("*/");
        }
        return left.toString();
    }

    private static String resource(String name) {
        try (InputStream in = ReportVolume.class.getResourceAsStream("web/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The elements of the diagram whose volumes are there, in the order of the experiment, which their colours go by. */
    static List<Element> elements(ResultFiles files, ReportData data) {
        List<Element> all = new ArrayList<>();
        List<String> order = data.elements();
        List<String> among = new ArrayList<>(ReportData.strings(data.phases.path("among")));
        among.sort(java.util.Comparator.comparingInt(s -> order.contains(s) ? order.indexOf(s) : order.size()));
        for (String symbol : among) {
            if (symbol.matches("[A-Z][a-z]?") && Files.isRegularFile(files.density(Element.of(symbol)))) {
                all.add(Element.of(symbol));
            }
        }
        return all.subList(0, Math.min(MOST_ELEMENTS, all.size()));
    }

    static void write(StringBuilder html, ResultFiles files, ReportData data, List<Element> elements) {
        Optional<Path> still = ReportFigures.smaller(files, ReportFigures.RENDERED);
        if (elements.isEmpty() && still.isEmpty()) {
            return;
        }
        html.append("<section id=\"view\"");
        StringBuilder volumes = new StringBuilder();
        int k = 0;
        for (Volume coarse : small(files, data, elements)) {
            Element element = elements.get(k);
            if (k == 0) {
                ObjectNode of = Json.object().put("voxelNm", coarse.voxelNm()).put("unit", data.unit());
                of.putArray("shape").add(coarse.nz()).add(coarse.ny()).add(coarse.nx());
                html.append(" data-volume=\"")
                        .append(Html.escape(of.toString()))
                        .append('"');
            }
            append(volumes, element, Palette.element(k++), coarse);
        }
        html.append(
                "><div class=\"stage\"><canvas tabindex=\"0\" aria-label=\"volumes of the elements, to be turned\"></canvas></div>");
        html.append("<div class=\"keys\"></div><p class=\"why dim\"></p>");
        if (still.isPresent()) {
            html.append("<figure class=\"still\">");
            Html.picture(html, still.get(), 0, "Volume renderings from two sides.");
            html.append("<figcaption>Volume renderings from two sides.</figcaption></figure>");
        }
        html.append(volumes).append("</section>");
    }

    /** What the page carries of each element: the part around the matter, coarse. */
    static List<Volume> small(ResultFiles files, ReportData data, List<Element> elements) {
        List<Volume> volumes = new ArrayList<>();
        elements.forEach(e -> volumes.add(Stacks.volume(files.density(e))));
        if (volumes.isEmpty()) {
            return volumes;
        }
        Volume total = volumes.stream().reduce(Volume::plus).orElseThrow();
        int[][] box = box(total, VISIBLE * data.phases.path("threshold_per_nm3").asDouble(0));
        return volumes.stream().map(v -> coarse(part(v, box))).toList();
    }

    /** From and to (exclusive), along z, y and x, of what is above a level, and a little around it; all if nothing is. */
    static int[][] box(Volume volume, double level) {
        int[] sizes = {volume.nz(), volume.ny(), volume.nx()};
        int[] from = sizes.clone();
        int[] to = {-1, -1, -1};
        for (int z = 0; z < sizes[0]; z++) {
            for (int y = 0; y < sizes[1]; y++) {
                for (int x = 0; x < sizes[2]; x++) {
                    if (volume.at(z, y, x) > level) {
                        int[] at = {z, y, x};
                        for (int i = 0; i < 3; i++) {
                            from[i] = Math.min(from[i], at[i]);
                            to[i] = Math.max(to[i], at[i]);
                        }
                    }
                }
            }
        }
        if (to[0] < 0) {
            return new int[][] {new int[3], sizes};
        }
        for (int i = 0; i < 3; i++) {
            from[i] = Math.max(0, from[i] - AROUND);
            to[i] = Math.min(sizes[i], to[i] + 1 + AROUND);
        }
        return new int[][] {from, to};
    }

    private static Volume part(Volume volume, int[][] box) {
        int[] from = box[0];
        Volume part = Volume.zeros(box[1][0] - from[0], box[1][1] - from[1], box[1][2] - from[2], volume.voxelNm());
        for (int z = 0; z < part.nz(); z++) {
            for (int y = 0; y < part.ny(); y++) {
                for (int x = 0; x < part.nx(); x++) {
                    part.set(z, y, x, volume.at(z + from[0], y + from[1], x + from[2]));
                }
            }
        }
        return part;
    }

    private static void append(StringBuilder html, Element element, Color colour, Volume coarse) {
        double max = brightest(coarse);
        ObjectNode of = Json.object()
                .put("symbol", element.symbol())
                .put("color", String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xFFFFFF))
                .put("max", max);
        html.append("<div hidden data-element=\"")
                .append(Html.escape(of.toString()))
                .append("\">")
                .append(Packed.deflated(bytes(coarse, max)))
                .append("</div>");
    }

    /** The value that all but a few of the voxels with matter stay below; nothing of use if there is none. */
    static double brightest(Volume volume) {
        double[] positive = java.util.Arrays.stream(volume.blocks())
                .flatMapToDouble(
                        b -> java.util.stream.IntStream.range(0, b.length).mapToDouble(i -> b[i]))
                .filter(v -> v > 0 && v < Double.POSITIVE_INFINITY)
                .sorted()
                .toArray();
        return positive.length == 0 ? Float.MIN_NORMAL : positive[(int) (BELOW * (positive.length - 1))];
    }

    /** {@code round(255 v / max)}, {@code [z, y, x]}; what is below zero is zero. */
    static byte[] bytes(Volume volume, double max) {
        byte[] bytes = new byte[volume.nz() * volume.ny() * volume.nx()];
        int i = 0;
        for (int z = 0; z < volume.nz(); z++) {
            for (int y = 0; y < volume.ny(); y++) {
                for (int x = 0; x < volume.nx(); x++) {
                    double v = volume.at(z, y, x) / max;
                    bytes[i++] = (byte) Math.round(255 * Math.max(0, Math.min(1, v)));
                }
            }
        }
        return bytes;
    }

    /** Averaged over cubes so that no axis is longer than {@link #MOST_VOXELS}; cubes at the far ends may be cut. */
    static Volume coarse(Volume volume) {
        int longest = Math.max(volume.nz(), Math.max(volume.ny(), volume.nx()));
        int by = (longest + MOST_VOXELS - 1) / MOST_VOXELS;
        if (by == 1) {
            return volume;
        }
        int nz = (volume.nz() + by - 1) / by;
        int ny = (volume.ny() + by - 1) / by;
        int nx = (volume.nx() + by - 1) / by;
        double[] sum = new double[nz * ny * nx];
        int[] n = new int[sum.length];
        for (int z = 0; z < volume.nz(); z++) {
            for (int y = 0; y < volume.ny(); y++) {
                for (int x = 0; x < volume.nx(); x++) {
                    int at = (z / by * ny + y / by) * nx + x / by;
                    float v = volume.at(z, y, x);
                    sum[at] += Float.isFinite(v) ? v : 0;
                    n[at]++;
                }
            }
        }
        Volume coarse = Volume.zeros(nz, ny, nx, volume.voxelNm() * by);
        for (int i = 0; i < sum.length; i++) {
            coarse.set(i / (ny * nx), i / nx % ny, i % nx, (float) (sum[i] / n[i]));
        }
        return coarse;
    }
}
