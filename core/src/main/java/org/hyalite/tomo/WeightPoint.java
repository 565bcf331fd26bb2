package org.hyalite.tomo;

/**
 * One weight that was tried.
 *
 * @param weight the dimensionless weight w
 * @param value what the criterion said of it
 */
public record WeightPoint(double weight, double value) {}
