package org.hyalite.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;

/**
 * Aligns a series as recorded with what cannot be used left out: {@link Aligner}, then, where a {@link Reprojector} is
 * given, joint refinement by projection matching. Left out are, as long as they are few, images of one value, images in
 * which no particle stands out or from which it has drifted away, and images that what the others foretell does not
 * explain. Where many are like that, it is the specimen: they are kept, with a warning.
 */
public final class SeriesAligner {
    /** At most this share of the images is left out. */
    private static final double MOST_REFUSED = 1 / 3.0;

    /** With fewer images no volume foretells another. */
    private static final int FEWEST = 5;

    /** Brightness of the rows or columns at the border, over the brightest, that says: the particle is cut off. */
    private static final double CUT_OFF = 0.4;

    /** What the others leave unexplained of an image that is refused: at least this share, and so many times the usual. */
    private static final double UNEXPLAINED = 0.05;

    private static final double OVER_USUAL = 8;

    private final TiltSeries recorded;
    private final boolean fillsField;
    private final AlignSettings settings;
    private final Optional<Reprojector> reprojector;
    private final Progress progress;
    private final List<Refused> refused = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int[] kept;

    private SeriesAligner(
            TiltSeries recorded,
            boolean fillsField,
            AlignSettings settings,
            Optional<Reprojector> reprojector,
            Progress progress) {
        this.recorded = recorded;
        this.fillsField = fillsField;
        this.settings = settings;
        this.reprojector = reprojector;
        this.progress = progress;
        this.kept = IntStream.range(0, recorded.tilts()).toArray();
    }

    /**
     * What was made of a series.
     *
     * @param recorded the images that are used, as recorded
     * @param background theirs
     * @param alignment theirs
     * @param refused the others, with the reason
     */
    public record Outcome(TiltSeries recorded, AdfBackground background, Alignment alignment, List<Refused> refused) {}

    /**
     * Aligns a series.
     *
     * @param fillsField whether the user says that the specimen fills the field
     * @param reprojector for the refinement; empty: none
     * @throws IllegalArgumentException if a pixel is not a number or too few images can be used, saying which
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public static Outcome align(
            TiltSeries recorded,
            boolean fillsField,
            AlignSettings settings,
            Optional<Reprojector> reprojector,
            Progress progress) {
        return new SeriesAligner(recorded, fillsField, settings, reprojector, progress).outcome();
    }

    private Outcome outcome() {
        refuse(constant());
        TiltSeries used = recorded.select(kept);
        AdfBackground background = background(used);
        if (!background.fillsField() && settings.method() != AlignSettings.Method.CORRELATION) {
            if (refuse(withoutParticle(background))) {
                used = recorded.select(kept);
                background = background(used);
            }
        }
        sayWhatIsAlike(used);
        Aligner.Solved solved = Aligner.solve(used, background, settings, progress);
        Alignment alignment = solved.alignment();
        Resampling how = background.fillsField() ? Resampling.FILLED : Resampling.FREE;
        if (reprojector.isPresent() && used.tilts() >= FEWEST && !background.fillsField()) {
            while (refuse(unlike(solved, how))) {
                used = recorded.select(kept);
                background = background(used);
                solved = Aligner.solve(used, background, settings, progress);
            }
            alignment = Refiner.refine(solved.images(), solved.alignment(), reprojector.get(), how, progress);
        }
        String note = reprojector.isPresent() && background.fillsField()
                ? "; not refined by projection matching, which would need what lies beyond the field"
                : "";
        List<String> all = new ArrayList<>(warnings);
        all.addAll(alignment.warnings());
        refused.forEach(r -> all.add(r.toString()));
        return new Outcome(
                used,
                background,
                alignment.withMethod(alignment.method() + note, alignment.residualsPx(), all),
                List.copyOf(refused));
    }

    private AdfBackground background(TiltSeries used) {
        return fillsField ? AdfBackground.nothing(used) : AdfBackground.estimate(used);
    }

    /** Leaves images out: reasons against those that are used now, empty for the others. */
    private boolean refuse(String... reasons) {
        long against = Arrays.stream(reasons).filter(r -> !r.isEmpty()).count();
        if (against == 0) {
            return false;
        }
        if (refused.size() + against > MOST_REFUSED * recorded.tilts() || kept.length - against < 2) {
            for (int k = 0; k < reasons.length; k++) {
                if (!reasons[k].isEmpty()) {
                    warnings.add(String.format(
                            Locale.ROOT,
                            "the image at %.1f° is used, for there are many like it: %s",
                            recorded.geometry().tiltDeg(kept[k]),
                            reasons[k]));
                }
            }
            return false;
        }
        int[] before = kept;
        for (int k = 0; k < reasons.length; k++) {
            if (!reasons[k].isEmpty()) {
                refused.add(new Refused(recorded.geometry().tiltDeg(before[k]), reasons[k]));
            }
        }
        kept = IntStream.range(0, before.length)
                .filter(k -> reasons[k].isEmpty())
                .map(k -> before[k])
                .toArray();
        return true;
    }

    private String[] constant() {
        String[] reasons = new String[kept.length];
        for (int k = 0; k < reasons.length; k++) {
            float[] values = recorded.image(kept[k]).values();
            boolean same = true;
            for (float v : values) {
                same &= v == values[0];
            }
            reasons[k] = same ? "it has the value " + values[0] + " in every pixel" : "";
        }
        return reasons;
    }

    private static String[] withoutParticle(AdfBackground background) {
        List<ImageBackground> images = background.images();
        String[] reasons = new String[images.size()];
        for (int k = 0; k < reasons.length; k++) {
            ImageBackground image = images.get(k);
            double mass = Arrays.stream(image.particleOnly()).sum();
            double cut = Math.max(image.touches(0), image.touches(1));
            if (!image.standsOut() || !(mass > 0)) {
                reasons[k] = "no particle stands out from its background";
            } else if (cut > CUT_OFF) {
                reasons[k] = String.format(
                        Locale.ROOT,
                        "the particle leaves the field (at its edge %.0f %% of the brightest row or column)",
                        100 * cut);
            } else {
                reasons[k] = "";
            }
        }
        return reasons;
    }

    private void sayWhatIsAlike(TiltSeries used) {
        List<String> equal = new ArrayList<>();
        for (int i = 1; i < used.tilts(); i++) {
            for (int j = 0; j < i; j++) {
                if (Arrays.equals(used.image(i).values(), used.image(j).values())) {
                    equal.add(String.format(
                            Locale.ROOT,
                            "%.1f° and %.1f°",
                            used.geometry().tiltDeg(j),
                            used.geometry().tiltDeg(i)));
                    break;
                }
            }
        }
        if (!equal.isEmpty()) {
            warnings.add("images are equal pixel by pixel (" + String.join(", ", equal)
                    + "): was one file given twice, or did the stage not tilt?");
        }
    }

    /** The image that the others explain least, where that is far from the usual. */
    private String[] unlike(Aligner.Solved solved, Resampling how) {
        ProjectionMatcher matcher = new ProjectionMatcher(solved.images(), reprojector.orElseThrow(), how, progress);
        double[] left = matcher.leftOut(solved.alignment(), matcher.bin(Refiner.COARSE)).stream()
                .mapToDouble(ImageMatch.Found::unexplained)
                .toArray();
        double[] sorted = left.clone();
        Arrays.sort(sorted);
        double usual = sorted[sorted.length / 2];
        int worst = 0;
        for (int k = 1; k < left.length; k++) {
            worst = left[k] > left[worst] ? k : worst;
        }
        String[] reasons = new String[left.length];
        Arrays.fill(reasons, "");
        if (left[worst] > Math.max(UNEXPLAINED, OVER_USUAL * usual)) {
            reasons[worst] = String.format(
                    Locale.ROOT,
                    "%.0f %% of it are not what the other images foretell (usual: %.1f %%)",
                    100 * left[worst],
                    100 * usual);
        }
        return reasons;
    }
}
