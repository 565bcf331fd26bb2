package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.Image;
import org.hyalite.phantom.Instrument;
import org.hyalite.physics.LineFamily;
import org.hyalite.study.PaperClaim.Verdict;
import tools.jackson.databind.JsonNode;

/** What the paper says of its two samples, read off the results of their twins. */
final class PaperClaims {
    private static final double SIGMA_TOLERANCE = 0.015;
    private static final double FRACTION_TOLERANCE = 0.02;
    private static final double DENSITY_TOLERANCE = 0.2;

    /** How straight counts must rise with thickness, at {@link #LINEAR_TO_NM}. */
    private static final double LINEARITY_TOLERANCE = 0.05;

    private static final double LINEAR_TO_NM = 250;
    private static final double MIXED_FROM = 0.3;
    private static final double MIXED_TO = 0.5;
    private static final double RICH_FROM = 0.55;
    private static final double SHARP_VOXELS = 1.5;
    private static final double CERTAIN = 0.01;
    private static final double NEVER = 0.001;

    private final ResultFiles files;
    private final JsonNode truth;
    private final Instrument instrument;

    private PaperClaims(Path results, Path truth, Instrument instrument) {
        this.files = ResultFiles.existing(results);
        this.truth = Json.read(truth.resolve(TwinTruth.FILE));
        this.instrument = instrument;
    }

    /** Claims about the blend, recorded on the Osiris. */
    static List<PaperClaim> segregated(Path results, Path truth) {
        PaperClaims claims = new PaperClaims(results, truth, Instrument.OSIRIS);
        List<PaperClaim> all = new ArrayList<>(claims.calibration());
        all.addAll(claims.phase("Fig. 6a", "Co-rich domain, near X = 0", "X near 0, N ≈ 5", 0));
        all.addAll(claims.phase("Fig. 6a", "Zn-rich domain, near X = 1", "X near 1, N ≈ 6", 1));
        all.add(claims.phases());
        all.add(claims.moreZinc());
        all.addAll(claims.narrowInterface());
        all.addAll(claims.mixed(false));
        all.addAll(claims.precision(true));
        return all;
    }

    /** Claims about the flux-melted glass, recorded on the Titan. */
    static List<PaperClaim> flux(Path results, Path truth) {
        PaperClaims claims = new PaperClaims(results, truth, Instrument.TITAN);
        List<PaperClaim> all = new ArrayList<>(claims.calibration());
        all.addAll(claims.phase("Fig. 6b", "mixed, Co-rich region", "X = 0.3–0.5, N ≈ 6", 0));
        all.addAll(claims.phase("Fig. 6b", "Zn-rich region", "X > 0.55, up to 1, N ≈ 4", 1));
        all.add(claims.phases());
        all.add(claims.mixedRange());
        all.add(claims.richRange());
        all.addAll(claims.mixed(true));
        all.addAll(claims.zincInMixed());
        all.addAll(claims.precision(false));
        return all;
    }

    private List<PaperClaim> calibration() {
        List<PaperClaim> all = new ArrayList<>();
        JsonNode found = Json.read(files.calibration()).path("cross_sections");
        for (JsonNode line : found) {
            String element = line.path("element").asString("");
            String family = line.path("line").asString("");
            double sigma = line.path("sigma_barn").asDouble();
            double should = sigma(element, family);
            all.add(new PaperClaim(
                    "Table I",
                    "cross section of " + element + " " + LineFamily.of(family).label() + ", " + instrument.label(),
                    String.format(Locale.ROOT, "%.2f b", should),
                    String.format(Locale.ROOT, "%.2f b", should),
                    String.format(
                            Locale.ROOT,
                            "%.3f ± %.3f b (%+.1f %%)",
                            sigma,
                            line.path("standard_error_barn").asDouble(),
                            100 * (sigma / should - 1)),
                    Verdict.of(Math.abs(sigma / should - 1) <= SIGMA_TOLERANCE),
                    String.format(Locale.ROOT, "within %.1f %%", 100 * SIGMA_TOLERANCE)));
            if (family.equals(LineFamily.KA.label())) {
                all.add(linearity(element, line));
            }
        }
        return all;
    }

    private double sigma(String element, String family) {
        for (JsonNode line : truth.path("cross_sections")) {
            if (line.path("element").asString("").equals(element)
                    && line.path("line").asString("").equals(family)) {
                return line.path("sigma_barn").asDouble();
            }
        }
        throw new IllegalArgumentException("the twin's truth gives no cross section of " + element + " " + family);
    }

    /** How far counts lie from a straight line where the specimen is 250 nm thick. */
    private PaperClaim linearity(String element, JsonNode line) {
        double bend = line.path("curvature_per_nm").asDouble(Double.NaN) * LINEAR_TO_NM;
        double error = line.path("curvature_standard_error_per_nm").asDouble(Double.NaN) * LINEAR_TO_NM;
        double thickest = thickest(element);
        return new PaperClaim(
                "Fig. 2",
                "counts of " + element + " Ka rise linearly with thickness; no absorption is seen",
                "to > 250 nm",
                "linear",
                String.format(
                        Locale.ROOT,
                        "to %.0f nm; curvature moves the counts by %+.1f ± %.1f %% at 250 nm; R² %.3f",
                        thickest,
                        100 * bend,
                        100 * error,
                        line.path("r_squared").asDouble()),
                Verdict.of(thickest > LINEAR_TO_NM && Math.abs(bend) <= Math.max(LINEARITY_TOLERANCE, 2 * error)),
                "pixels thicker than 250 nm; bend within 5 % or two standard errors");
    }

    private double thickest(String element) {
        double thickest = 0;
        for (JsonNode standard : truth.path("standards")) {
            if (standard.path("element").asString("").equals(element)) {
                String name = standard.path("name").asString("");
                for (Image image : Stacks.images(files.standard(name, "thickness.mrc"))) {
                    for (float t : image.values()) {
                        thickest = Math.max(thickest, t);
                    }
                }
            }
        }
        return thickest;
    }

    /** The true phase nearest a fraction, and the found one nearest to that. */
    private List<PaperClaim> phase(String place, String claim, String paper, double nearX) {
        JsonNode should = nearest(truth.path("sample").path("phases"), nearX);
        JsonNode found = nearest(
                Json.read(files.phases()).path("phases"),
                should.path("fraction_mean").asDouble());
        double x = should.path("fraction_mean").asDouble();
        double n = should.path("density_mean_per_nm3").asDouble();
        double foundX = found.path("fraction_mean").asDouble();
        double foundN = found.path("density_mean_per_nm3").asDouble();
        return List.of(new PaperClaim(
                place,
                claim + " (atoms/nm³)",
                paper,
                String.format(Locale.ROOT, "X = %.3f, N = %.2f", x, n),
                String.format(Locale.ROOT, "X = %.3f, N = %.2f", foundX, foundN),
                Verdict.of(Math.abs(foundX - x) <= FRACTION_TOLERANCE && Math.abs(foundN - n) <= DENSITY_TOLERANCE),
                "within 0.02 in X and 0.2 atoms/nm³ of the truth"));
    }

    private static JsonNode nearest(JsonNode phases, double fraction) {
        JsonNode best = Json.object();
        for (JsonNode phase : phases) {
            double away = Math.abs(phase.path("fraction_mean").asDouble() - fraction);
            if (best.isEmpty() || away < Math.abs(best.path("fraction_mean").asDouble() - fraction)) {
                best = phase;
            }
        }
        return best;
    }

    private PaperClaim phases() {
        int should = truth.path("sample").path("phases").size();
        int found = Json.read(files.phases()).path("phases").size();
        return new PaperClaim(
                "Fig. 6",
                "the diagram shows two regions",
                "2",
                Integer.toString(should),
                Integer.toString(found),
                Verdict.of(found == should),
                "as many as there are");
    }

    private PaperClaim moreZinc() {
        JsonNode rich = nearest(Json.read(files.phases()).path("phases"), 1);
        JsonNode poor = nearest(Json.read(files.phases()).path("phases"), 0);
        JsonNode trueRich = nearest(truth.path("sample").path("phases"), 1);
        JsonNode truePoor = nearest(truth.path("sample").path("phases"), 0);
        double ratio =
                rich.path("volume_nm3").asDouble() / poor.path("volume_nm3").asDouble();
        double should = trueRich.path("volume_nm3").asDouble()
                / truePoor.path("volume_nm3").asDouble();
        return new PaperClaim(
                "Fig. 6a",
                "this particle holds a significantly larger volume of the Zn-rich phase",
                "more Zn-rich",
                String.format(Locale.ROOT, "%.2f times the Co-rich volume", should),
                String.format(Locale.ROOT, "%.2f times", ratio),
                Verdict.of(ratio > 1 && Math.abs(ratio / should - 1) <= 0.1),
                "more than one, and within 10 % of the truth");
    }

    private PaperClaim mixedRange() {
        double[] range = fractions(0, RICH_FROM);
        return new PaperClaim(
                "Fig. 6b",
                "the Co-rich region lies predominantly at X = 0.3–0.5",
                "0.3–0.5",
                String.format(
                        Locale.ROOT,
                        "mean %.3f, spread %.3f",
                        nearest(truth.path("sample").path("phases"), 0)
                                .path("fraction_mean")
                                .asDouble(),
                        nearest(truth.path("sample").path("phases"), 0)
                                .path("fraction_sd")
                                .asDouble()),
                text(range),
                Verdict.of(range[0] >= MIXED_FROM && range[2] <= MIXED_TO),
                "the middle 80 % of the volume with X < 0.55 lies within");
    }

    private PaperClaim richRange() {
        double[] range = fractions(RICH_FROM, 1);
        return new PaperClaim(
                "Fig. 6b",
                "the Zn-rich region reaches from 0.55 up to pure Zn; Zn in the Co volumes has an upper bound of about 0.55",
                "0.55–1",
                String.format(
                        Locale.ROOT,
                        "mean %.3f, spread %.3f",
                        nearest(truth.path("sample").path("phases"), 1)
                                .path("fraction_mean")
                                .asDouble(),
                        nearest(truth.path("sample").path("phases"), 1)
                                .path("fraction_sd")
                                .asDouble()),
                text(range),
                Verdict.SHOWN,
                "10th, 50th and 90th percentile of the volume with X ≥ 0.55");
    }

    private static String text(double[] range) {
        return String.format(
                Locale.ROOT, "%.2f, %.2f, %.2f (10, 50, 90 %% of the volume)", range[0], range[1], range[2]);
    }

    /** 10th, 50th and 90th percentile of X by volume, inside, between two bounds. */
    private double[] fractions(double from, double to) {
        JsonNode phases = Json.read(files.phases());
        JsonNode edges = phases.path("fraction_edges");
        JsonNode volume = phases.path("volume_nm3");
        double[] per = new double[volume.size()];
        for (int i = 0; i < per.length; i++) {
            double middle = (edges.get(i).asDouble() + edges.get(i + 1).asDouble()) / 2;
            if (middle >= from && middle < to) {
                for (JsonNode v : volume.get(i)) {
                    per[i] += v.asDouble();
                }
            }
        }
        double total = Arrays.stream(per).sum();
        double[] shares = {0.1, 0.5, 0.9};
        double[] found = new double[shares.length];
        double sum = 0;
        for (int i = 0; i < per.length; i++) {
            for (int k = 0; k < shares.length; k++) {
                if (sum < shares[k] * total && sum + per[i] >= shares[k] * total) {
                    double share = (shares[k] * total - sum) / per[i];
                    found[k] = edges.get(i).asDouble()
                            + share
                                    * (edges.get(i + 1).asDouble()
                                            - edges.get(i).asDouble());
                }
            }
            sum += per[i];
        }
        return found;
    }

    /** The width of the interface, where the diagram has two phases that meet. */
    private List<PaperClaim> narrowInterface() {
        Path file = files.folder().resolve("interface.json");
        if (!Files.exists(file)) {
            return List.of();
        }
        JsonNode found = Json.read(file).path("corrected");
        double voxels = found.path("ten_to_ninety_voxels").asDouble(Double.NaN);
        return List.of(new PaperClaim(
                "Fig. 3",
                "the interface is narrow, single-phase regions stand immediately on either side",
                "very narrow",
                "sharp",
                String.format(
                        Locale.ROOT,
                        "10–90 %% over %.2f voxels (%.1f nm), resolution taken out",
                        voxels,
                        found.path("ten_to_ninety_nm").asDouble(Double.NaN)),
                Verdict.of(voxels <= SHARP_VOXELS),
                "at most 1.5 voxels"));
    }

    /** What the null control says, where it was run. */
    private List<PaperClaim> mixed(boolean truly) {
        Path file = files.folder().resolve("null_control.json");
        if (!Files.exists(file)) {
            return List.of();
        }
        double p = Json.read(file).path("p").asDouble(Double.NaN);
        return List.of(new PaperClaim(
                truly ? "Fig. 4, 6b" : "Fig. 3, 6a",
                truly
                        ? "Zn and Co are mixed homogeneously in the Co-rich region"
                        : "the phases are segregated, not mixed",
                truly ? "mixed" : "not mixed",
                truly ? "mixed" : "pure phases",
                String.format(Locale.ROOT, "null control: p = %.2g of no mixing beyond blur", p),
                Verdict.of(truly ? p < CERTAIN : p > NEVER),
                truly ? "p < 0.01" : "p > 0.001"));
    }

    /** How much Zn the voxels of the mixed phase hold, noise taken off. */
    private List<PaperClaim> zincInMixed() {
        double most = nearest(Json.read(files.phases()).path("phases"), 0)
                .path("elements")
                .path("Zn")
                .path("fraction_voxels_95th_percentile_without_noise")
                .asDouble(Double.NaN);
        if (Double.isNaN(most)) {
            return List.of();
        }
        return List.of(new PaperClaim(
                "Sec. II B",
                "upper bound of the Zn content in the Co (ZIF-67) volumes",
                "about 0.55, where the Zn-rich region begins",
                "",
                String.format(Locale.ROOT, "95 %% of its voxels hold at most %.2f, noise taken off", most),
                Verdict.of(most <= RICH_FROM),
                "at most 0.55"));
    }

    /**
     * The spread within phases, which is measurement alone where phases are pure.
     *
     * @param pure whether the twin's phases are; else their own spread stands beside
     */
    private List<PaperClaim> precision(boolean pure) {
        JsonNode precision = Json.read(files.phases()).path("precision");
        double density = precision.path("density_2sd_per_nm3").asDouble(Double.NaN);
        double fraction = precision.path("fraction_2sd").asDouble(Double.NaN);
        String judged = pure ? "at most the paper's" : "the phases' own spread is in it";
        return List.of(
                new PaperClaim(
                        "Sec. II B",
                        "precision of the density: ± 2 standard deviations within single-phase regions",
                        "± 2 atoms/nm³",
                        pure ? "one density" : ownSpread("density_sd_per_nm3", "± %.2f atoms/nm³"),
                        String.format(Locale.ROOT, "± %.2f atoms/nm³", density),
                        pure ? Verdict.of(density <= 2) : Verdict.SHOWN,
                        judged),
                new PaperClaim(
                        "Sec. II B",
                        "precision of the atomic fraction, likewise",
                        "± 0.03",
                        pure ? "one fraction" : ownSpread("fraction_sd", "± %.3f"),
                        String.format(Locale.ROOT, "± %.3f", fraction),
                        pure ? Verdict.of(fraction <= 0.03) : Verdict.SHOWN,
                        judged));
    }

    /** Two standard deviations of the phase that varies most. */
    private String ownSpread(String key, String format) {
        double most = 0;
        for (JsonNode phase : truth.path("sample").path("phases")) {
            most = Math.max(most, 2 * phase.path(key).asDouble());
        }
        return String.format(Locale.ROOT, format, most);
    }
}
