package org.hyalite.quantify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.physics.DetectorDirection;
import org.hyalite.physics.Element;
import org.hyalite.physics.MassAttenuation;
import org.hyalite.physics.XrayLine;

/**
 * What share of the X-rays made in every voxel leaves the specimen towards the detectors:
 * {@code T(r) = Σ_d w_d exp(−Σ_e s_e N_e(r, d)) / Σ_d w_d}, N_e the atoms/nm² of element e between r and the end of the
 * volume in the direction of detector d, s_e the attenuation cross section of such an atom with what is stated to come
 * with it. Where an element has several lines, theirs are averaged by weights (their cross sections).
 *
 * <p>The columns are walked on a grid of at most {@link #FINEST} voxels along each edge; the transmission between its
 * points is interpolated. Matter outside of the volume, and elements that are neither measured nor stated, absorb nothing.
 */
public final class Absorption {
    private static final int FINEST = 64;

    /**
     * What absorbs and shines.
     *
     * @param density atoms/nm³, {@code [z, y, x]}
     * @param perAtom atoms of unmeasured elements that come with one atom of it, such as {@code C: 6}
     * @param lines its measured lines with their weights; may be empty for what only absorbs
     */
    public record Part(Volume density, Map<Element, Double> perAtom, Map<XrayLine, Double> lines) {}

    private final Map<Element, Part> parts;
    private final List<DetectorDirection> detectors;
    private final Slabs slabs;
    private final int bin;
    private final ColumnWalk walk;

    private Absorption(Map<Element, Part> parts, List<DetectorDirection> detectors, Slabs slabs) {
        this.parts = parts;
        this.detectors = detectors;
        this.slabs = slabs;
        Volume first = parts.values().iterator().next().density();
        int longest = Math.max(first.nz(), Math.max(first.ny(), first.nx()));
        bin = (longest + FINEST - 1) / FINEST;
        walk = ColumnWalk.of(parts.values().stream().map(Part::density).toList(), bin);
    }

    /**
     * A specimen and who looks at it.
     *
     * @param parts by element, all volumes on one grid
     * @throws IllegalArgumentException if there is no part or no detector, or the grids differ
     */
    public static Absorption of(Map<Element, Part> parts, List<DetectorDirection> detectors, Slabs slabs) {
        if (parts.isEmpty() || detectors.isEmpty()) {
            throw new IllegalArgumentException(parts.size() + " elements and " + detectors.size() + " detectors");
        }
        Volume first = parts.values().iterator().next().density();
        parts.values().forEach(p -> first.requireSameGrid(p.density()));
        return new Absorption(new LinkedHashMap<>(parts), List.copyOf(detectors), slabs);
    }

    /**
     * The transmission of every element's lines at one tilt.
     *
     * @return by element that has lines: T from 0 to 1 in every voxel, {@code [z, y, x]}, on the densities' grid; 1 where
     *     there is nothing near
     */
    public Map<Element, Volume> transmission(double tiltDeg) {
        List<XrayLine> lines = new ArrayList<>();
        parts.values().forEach(p -> lines.addAll(p.lines().keySet()));
        double[][] attenuation = new double[lines.size()][];
        for (int l = 0; l < attenuation.length; l++) {
            attenuation[l] = attenuation(lines.get(l));
        }
        float[][] through = new float[lines.size()][walk.nz() * walk.ny() * walk.nx()];
        boolean[] seen = new boolean[through.length == 0 ? 0 : through[0].length];
        double weights =
                detectors.stream().mapToDouble(DetectorDirection::weight).sum();
        for (DetectorDirection detector : detectors) {
            double share = detector.weight() / weights;
            walk.walk(detector.inSpecimen(tiltDeg), slabs, (voxel, columns) -> {
                seen[voxel] = true;
                for (int l = 0; l < through.length; l++) {
                    double depth = 0;
                    for (int e = 0; e < columns.length; e++) {
                        depth += attenuation[l][e] * columns[e];
                    }
                    through[l][voxel] += (float) (share * Math.exp(-depth));
                }
            });
        }
        Map<Element, Volume> all = new LinkedHashMap<>();
        int l = 0;
        for (Map.Entry<Element, Part> part : parts.entrySet()) {
            Map<XrayLine, Double> own = part.getValue().lines();
            if (!own.isEmpty()) {
                double total =
                        own.values().stream().mapToDouble(Double::doubleValue).sum();
                float[] mean = new float[seen.length];
                for (double weight : own.values()) {
                    for (int v = 0; v < mean.length; v++) {
                        mean[v] += (float) (weight / total) * through[l][v];
                    }
                    l++;
                }
                for (int v = 0; v < mean.length; v++) {
                    mean[v] = seen[v] ? mean[v] : 1;
                }
                all.put(part.getKey(), finer(mean, part.getValue().density()));
            }
        }
        return all;
    }

    /** s of every element's atoms (with their matrix) for one line, nm². */
    private double[] attenuation(XrayLine line) {
        return parts.entrySet().stream()
                .mapToDouble(
                        p -> MassAttenuation.nm2PerAtom(p.getKey(), p.getValue().perAtom(), line))
                .toArray();
    }

    /** Linear interpolation to the fine grid; beyond the outermost points their value goes on. */
    private Volume finer(float[] coarse, Volume like) {
        Volume fine = Volume.zeros(like.nz(), like.ny(), like.nx(), like.voxelNm());
        slabs.run(like.nz(), z -> {
            double cz = place(z, walk.nz());
            int z0 = Math.min((int) cz, Math.max(0, walk.nz() - 2));
            int z1 = Math.min(z0 + 1, walk.nz() - 1);
            for (int y = 0; y < like.ny(); y++) {
                double cy = place(y, walk.ny());
                int y0 = Math.min((int) cy, Math.max(0, walk.ny() - 2));
                int y1 = Math.min(y0 + 1, walk.ny() - 1);
                for (int x = 0; x < like.nx(); x++) {
                    double cx = place(x, walk.nx());
                    int x0 = Math.min((int) cx, Math.max(0, walk.nx() - 2));
                    int x1 = Math.min(x0 + 1, walk.nx() - 1);
                    double near = row(coarse, z0, y0, x0, x1, cx) * (1 - (cy - y0))
                            + row(coarse, z0, y1, x0, x1, cx) * (cy - y0);
                    double far = row(coarse, z1, y0, x0, x1, cx) * (1 - (cy - y0))
                            + row(coarse, z1, y1, x0, x1, cx) * (cy - y0);
                    fine.set(z, y, x, (float) (near * (1 - (cz - z0)) + far * (cz - z0)));
                }
            }
        });
        return fine;
    }

    private double row(float[] coarse, int z, int y, int x0, int x1, double cx) {
        int base = (z * walk.ny() + y) * walk.nx();
        return coarse[base + x0] * (1 - (cx - x0)) + coarse[base + x1] * (cx - x0);
    }

    /** Where a fine voxel's middle lies among the coarse ones. */
    private double place(int fine, int coarse) {
        return Math.max(0, Math.min(coarse - 1, (fine + 0.5) / bin - 0.5));
    }
}
