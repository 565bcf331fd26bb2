package org.hyalite.tomo;

/**
 * One evaluation of the primal–dual gap.
 *
 * @param relativeGap (primal − dual) / max(|primal|, |dual|)
 */
public record GapPoint(int iteration, double primal, double dual, double relativeGap) {}
