package org.hyalite.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hyalite.io.format.Reason;

/** The figures of a report, each as SVG or PNG, whichever is smaller. */
final class ReportFigures {
    static final String RENDERED = "fig5-renderings";

    private record Plate(String file, String caption) {}

    /** What stands with the result. */
    private static final List<Plate> RESULT = List.of(
            new Plate("fig3-sample", "Measured map, reprojection, and orthoslices on one common scale."),
            new Plate(
                    PhaseFigures.DIAGRAM,
                    "Phase diagram inside the threshold; white ellipses: two standard deviations of voxels; blue: 95 % of the mean, where replicas tell it."),
            new Plate(PhaseFigures.UNTHRESHOLDED, "The same without threshold."),
            new Plate("null-control-diagrams", "Measured, and of pure phases recorded and reconstructed alike."));

    private static final List<Plate> EVIDENCE = List.of(
            new Plate("interface", "Density against distance to the interface, with fitted erfs."),
            new Plate("null-control-statistic", "How mixed: measured, and of particles of pure phases."),
            new Plate("elements", "Each element by itself."),
            new Plate("fig1-standards", "Standards: ADF image, segmented surface, thickness."),
            new Plate("fig2-cross-sections", "Counts against thickness, with the fitted cross sections."),
            new Plate("thresholds", "Differential volume against threshold."),
            new Plate("residuals", "Misfit of the spectra's model by pixel, in standard deviations of noise."),
            new Plate("alignment", "Shifts, and what of the images' places they leave unexplained."),
            new Plate("sinogram", "One row of the ADF images against tilt, before and after alignment."),
            new Plate("mass-check", "Totals of the images and of the reprojected volumes."),
            new Plate("weights", "Evidence for the weights."),
            new Plate("tilt-gains", "Share of X-rays seen at each tilt: of all elements together, and of each."),
            new Plate("spectrum-sample", "Sum spectrum and fit."));

    /** Above this a page cannot be mailed; figures that come after are named instead. */
    private static final long MOST_BYTES = 12L << 20;

    /** PNG of a run have this resolution, pixels per inch, and pages this one. */
    private static final double PNG_DPI = 300;

    private static final double PAGE_DPI = 96;
    /** Figures of one column are shown so much larger than printed. */
    private static final double LARGER = 1.27;

    private static final double NARROW_PX = 450;

    private final ResultFiles files;
    private final List<String> left = new ArrayList<>();
    private long used;
    private int number;

    ReportFigures(ResultFiles files) {
        this.files = files;
    }

    /** The figures that show the result. */
    void result(StringBuilder html) {
        write(html, RESULT);
    }

    /** All others, in the order of the walk. */
    void evidence(StringBuilder html) {
        List<Plate> all = new ArrayList<>(EVIDENCE);
        for (String element : fits(files)) {
            all.add(new Plate("fit_" + element, "Fit around the lines of " + element + "."));
        }
        write(html, all);
        if (!left.isEmpty()) {
            Html.p(html, "Too large for this page: " + String.join(", ", left) + ".");
        }
    }

    /** Narrow figures that follow each other stand two in a row. */
    private void write(StringBuilder html, List<Plate> plates) {
        boolean pair = false;
        for (Plate plate : plates) {
            Optional<Path> image = smaller(files, plate.file());
            if (image.isEmpty()) {
                continue;
            }
            if (used + size(image.get()) > MOST_BYTES) {
                left.add("figures/" + image.get().getFileName());
                continue;
            }
            used += size(image.get());
            int width = width(files, plate.file());
            boolean narrow = width > 0 && width < NARROW_PX;
            if (narrow != pair) {
                html.append(narrow ? "<div class=\"pair\">" : "</div>");
                pair = narrow;
            }
            Html.figure(html, plate.file(), image.get(), width, "Figure " + ++number + ". " + plate.caption());
        }
        if (pair) {
            html.append("</div>");
        }
    }

    /** How wide a figure is to be shown, pixels of a page; 0 if that is not known. */
    private static int width(ResultFiles files, String name) {
        Path png = files.figures().resolve(name + ".png");
        try (java.io.DataInputStream in = new java.io.DataInputStream(Files.newInputStream(png))) {
            in.skipNBytes(16); // signature, length and name of the first chunk, which begins with the width
            int pixels = in.readInt();
            return pixels > 0 && pixels < 1 << 20 ? (int) Math.round(pixels / PNG_DPI * PAGE_DPI * LARGER) : 0;
        } catch (IOException e) {
            return 0; // the page is then as wide as it likes
        }
    }

    private static Set<String> fits(ResultFiles files) {
        if (!Files.isDirectory(files.figures())) {
            return Set.of();
        }
        try (Stream<Path> all = Files.list(files.figures())) {
            Set<String> elements = new TreeSet<>();
            all.map(p -> p.getFileName().toString())
                    .filter(n -> n.matches("fit_[A-Z][a-z]?[.]png"))
                    .forEach(n -> elements.add(n.substring("fit_".length(), n.length() - ".png".length())));
            return elements;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(files.figures() + " cannot be listed: " + Reason.of(e), e);
        }
    }

    /** The smaller of a figure's PNG and SVG. */
    static Optional<Path> smaller(ResultFiles files, String name) {
        return Stream.of(".svg", ".png")
                .map(ending -> files.figures().resolve(name + ending))
                .filter(Files::isRegularFile)
                .min(java.util.Comparator.comparingLong(ReportFigures::size));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(file + " cannot be read: " + Reason.of(e), e);
        }
    }
}
