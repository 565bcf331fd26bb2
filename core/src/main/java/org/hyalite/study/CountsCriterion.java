package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What net counts must keep to, row by row: a mean within {@link #MOST_Z} of its standard errors of the truth, errors that
 * cover the truth in 68 ± 4 % of the spectra, and, from {@link #SPECTRA_FOR_VARIANCE} spectra on, a variance within 10 % of
 * the least possible. Lines of few counts are asked for the mean alone, and only of the estimator that may be negative: the
 * other one's is not the truth there.
 */
final class CountsCriterion {
    static final double MOST_Z = 3.5;
    static final double COVERAGE = 0.68;
    static final double COVERAGE_OFF = 0.04;
    static final double VARIANCE_OFF = 0.1;

    /** Of so many spectra a variance is known to 1.4 %. */
    static final int SPECTRA_FOR_VARIANCE = 10_000;

    /**
     * One line of one mixture by one estimator.
     *
     * @param z mean less truth, in standard errors of the mean
     * @param coverage the part of the spectra whose error covers the truth
     * @param efficiency the variance over the least possible
     * @param enough whether the line has counts enough for normal errors
     * @param unbiased whether the estimator's mean is the truth also where counts are few
     */
    record Judged(String name, double z, double coverage, double efficiency, boolean enough, boolean unbiased) {}

    private final int spectra;
    private final int judged;
    private final List<String> outside = new ArrayList<>();

    /** @param spectra of each row */
    CountsCriterion(List<Judged> rows, int spectra) {
        this.spectra = spectra;
        int asked = 0;
        for (Judged row : rows) {
            if (row.enough() || row.unbiased()) {
                asked++;
                List<String> why = why(row);
                if (!why.isEmpty()) {
                    outside.add(row.name() + ": " + String.join(", ", why));
                }
            }
        }
        this.judged = asked;
    }

    private List<String> why(Judged row) {
        List<String> why = new ArrayList<>();
        if (!(Math.abs(row.z()) <= MOST_Z)) {
            why.add(String.format(Locale.ROOT, "z %.2f", row.z()));
        }
        if (row.enough() && !(Math.abs(row.coverage() - COVERAGE) <= COVERAGE_OFF)) {
            why.add(String.format(Locale.ROOT, "covered %.1f %%", 100 * row.coverage()));
        }
        if (row.enough() && variances() && !(Math.abs(row.efficiency() - 1) <= VARIANCE_OFF)) {
            why.add(String.format(Locale.ROOT, "variance over least %.3f", row.efficiency()));
        }
        return why;
    }

    private boolean variances() {
        return spectra >= SPECTRA_FOR_VARIANCE;
    }

    /** The rows that miss it, each with why. */
    List<String> outside() {
        return List.copyOf(outside);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "criterion (|z| ≤ %.1f, covered %.0f ± %.0f %%, variance %s): %s",
                MOST_Z,
                100 * COVERAGE,
                100 * COVERAGE_OFF,
                variances() ? "within 10 % of the least" : "not judged below " + SPECTRA_FOR_VARIANCE + " spectra",
                outside.isEmpty()
                        ? "met by all " + judged + " rows"
                        : "missed by " + outside.size() + " of " + judged + " rows"));
        outside.forEach(row -> lines.add("  " + row));
        return lines;
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("most_z", MOST_Z);
        json.put("coverage", COVERAGE);
        json.put("coverage_off", COVERAGE_OFF);
        json.put("variance_off", VARIANCE_OFF);
        json.put("variance_judged", variances());
        json.put("rows_judged", judged);
        json.put("met", outside.isEmpty());
        ArrayNode rows = json.putArray("outside");
        outside.forEach(rows::add);
        return json;
    }
}
