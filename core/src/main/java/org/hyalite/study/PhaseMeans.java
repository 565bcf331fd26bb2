package org.hyalite.study;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.physics.Element;

/**
 * X and N of a region that is held, in any volumes: the means of the middle halves of its voxels, as the phases' own means are
 * taken.
 *
 * @param fraction mean X
 * @param density mean N, in the volumes' unit
 */
record PhaseMeans(double fraction, double density) {
    /**
     * @param among the elements of N
     * @param numerator the element of X, one of them
     * @param region at least one voxel
     */
    static PhaseMeans of(
            Map<Element, Volume> volumes, List<Element> among, Element numerator, VolumeMask region) {
        Volume first = Objects.requireNonNull(volumes.get(numerator));
        int voxels = region.count();
        float[] fraction = new float[voxels];
        float[] density = new float[voxels];
        int at = 0;
        for (int z = 0; z < first.nz(); z++) {
            for (int y = 0; y < first.ny(); y++) {
                for (int x = 0; x < first.nx(); x++) {
                    if (!region.contains(z, y, x)) {
                        continue;
                    }
                    double n = 0;
                    for (Element element : among) {
                        n += Objects.requireNonNull(volumes.get(element)).at(z, y, x);
                    }
                    density[at] = (float) n;
                    fraction[at++] = n > 0 ? (float) Math.max(0, Math.min(1, first.at(z, y, x) / n)) : 0;
                }
            }
        }
        return new PhaseMeans(middle(fraction), middle(density));
    }

    /** Mean of each element over all voxels of a region. */
    static Map<Element, Double> elements(Map<Element, Volume> volumes, List<Element> among, VolumeMask region) {
        Map<Element, Double> means = new LinkedHashMap<>();
        for (Element element : among) {
            Volume volume = Objects.requireNonNull(volumes.get(element));
            double sum = 0;
            for (int z = 0; z < volume.nz(); z++) {
                for (int y = 0; y < volume.ny(); y++) {
                    for (int x = 0; x < volume.nx(); x++) {
                        sum += region.contains(z, y, x) ? volume.at(z, y, x) : 0;
                    }
                }
            }
            means.put(element, sum / region.count());
        }
        return means;
    }

    private static double middle(float[] values) {
        Arrays.sort(values);
        int from = values.length / 4;
        int to = values.length - from;
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }
}
