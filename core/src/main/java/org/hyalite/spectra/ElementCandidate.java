package org.hyalite.spectra;

import java.util.List;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;

/**
 * An element that a spectrum seems to hold, with the evidence. A suggestion to look at, never quantified by itself.
 *
 * @param element which
 * @param lines its line families within the spectrum's range, the decisive one first
 * @param standardDeviations counts of the decisive family over their error, which holds counting noise, the fit's local
 *     misfit and 2 % of the counts of other lines beside it
 * @param alike elements that are not suggested, but whose lines a detector can hardly tell from these
 * @param overlapping suggested elements whose counts are bound up with this one's (correlation beyond 0.7)
 * @param system whether grids, holders, microscopes, films or the ion mill often bring it along
 */
public record ElementCandidate(
        Element element,
        List<Line> lines,
        double standardDeviations,
        List<Element> alike,
        List<Element> overlapping,
        boolean system) {

    /** What the spectrum says of a family that the element must show. */
    public enum Verdict {
        /** It is there. */
        SEEN,
        /** It would be too weak or too much absorbed to be seen, or lies under others. */
        OPEN,
        /** It should be there and is not. */
        MISSING
    }

    /**
     * A line family, K as a whole.
     *
     * @param name as {@code Fe_K} or {@code Pt_La}
     * @param energyKeV its strongest line
     * @param counts with standard error
     * @param verdict whether it is there
     */
    public record Line(String name, double energyKeV, Uncertain counts, Verdict verdict) {}

    public ElementCandidate {
        lines = List.copyOf(lines);
        alike = List.copyOf(alike);
        overlapping = List.copyOf(overlapping);
    }

    /** Whether other elements could be meant, or a family that must be there is not. */
    public boolean doubtful() {
        return !alike.isEmpty()
                || !overlapping.isEmpty()
                || lines.stream().anyMatch(l -> l.verdict() == Verdict.MISSING);
    }
}
