package org.hyalite.tomo;

import org.hyalite.grid.Volume;

/** A volume, in the images' unit per nm (atoms/nm² give atoms/nm³), and how it came about. */
public record Reconstruction(Volume volume, Convergence convergence) {}
