package org.hyalite.phantom;

import java.util.List;
import java.util.stream.IntStream;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;

/**
 * A particle that is known: a faceted solid and its matter, without voxels. What a ray meets is integrated exactly along
 * the beam; images and volumes are means over rays about a nanometre apart.
 */
public final class Phantom {
    private static final double RAY_NM = 1;

    private final Solid solid;
    private final Matter matter;
    private final List<Compound> compounds;
    private final double interfaceNm;

    private Phantom(Solid solid, Matter matter, List<Compound> compounds, double interfaceNm) {
        this.solid = solid;
        this.matter = matter;
        this.compounds = compounds;
        this.interfaceNm = interfaceNm;
    }

    /** One compound throughout. */
    static Phantom uniform(Solid solid, Compound compound, double densityPerNm3) {
        return new Phantom(solid, Matter.uniform(densityPerNm3), List.of(compound), 0);
    }

    /**
     * Several metals.
     *
     * @param matter one density for each compound's metal
     * @param interfaceNm how far from its middle the interface reaches, nm
     */
    static Phantom of(Solid solid, Matter matter, List<Compound> compounds, double interfaceNm) {
        if (matter.metals() != compounds.size()) {
            throw new IllegalArgumentException(matter.metals() + " densities for " + compounds.size() + " compounds");
        }
        return new Phantom(solid, matter, List.copyOf(compounds), interfaceNm);
    }

    Solid solid() {
        return solid;
    }

    List<Compound> compounds() {
        return compounds;
    }

    /** Its metals, in the order of their atomic numbers. */
    public List<Element> metals() {
        return compounds.stream().map(Compound::metal).toList();
    }

    /**
     * Atoms of a metal per voxel volume, atoms/nm³, {@code [z, y, x]}, as many z as x: the mean over each voxel.
     *
     * @param size voxels along each edge
     * @param axisOffsetPx where the tilt axis stands beside column {@code (size − 1)/2}; in z it stands in the middle
     */
    public Volume density(Element metal, int size, double voxelNm, double axisOffsetPx) {
        int m = indexOf(metal);
        Volume volume = Volume.zeros(size, size, size, voxelNm);
        View view = View.aligned(size, voxelNm, axisOffsetPx);
        int rays = raysAcross(voxelNm);
        double[] column = new double[size];
        double[] spans = new double[2 * solid.pieces()];
        double[] point = new double[3];
        double scale = 1 / (voxelNm * rays * rays);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                java.util.Arrays.fill(column, 0);
                for (int r = 0; r < rays * rays; r++) {
                    view.look(sub(y, r / rays, rays), sub(x, r % rays, rays), point);
                    int n = solid.cross(point, view.beam(), spans);
                    for (int s = 0; s < n; s++) {
                        pile(m, point, spans[2 * s], spans[2 * s + 1], voxelNm, column);
                    }
                }
                for (int z = 0; z < size; z++) {
                    volume.set(z, y, x, (float) (column[z] * scale));
                }
            }
        }
        return volume;
    }

    /** Length of matter along the beam at zero tilt, nm, {@code [y, x]}: the mean over each pixel, in the aligned view. */
    public Image thickness(int size, double pixelNm, double axisOffsetPx) {
        View view = View.aligned(size, pixelNm, axisOffsetPx);
        Image image = Image.zeros(size, size, pixelNm);
        double[][] lengths = integrals(view, (m, from, to, length) -> length, 1);
        for (int i = 0; i < lengths[0].length; i++) {
            image.values()[i] = (float) lengths[0][i];
        }
        return image;
    }

    /** Atoms/nm² of each metal that the pixels of a view see, {@code [metal][y · size + x]}: the mean over each pixel. */
    double[][] areal(View view) {
        return integrals(view, matter::integral, matter.metals());
    }

    /** The two phases at the interface, the one before it first; one, where there is no interface. */
    public List<TruePhase> phases() {
        if (matter.metals() < 2) {
            return List.of();
        }
        double[][] sums = new double[2][6];
        double[][] first = {{Double.NaN, Double.NaN}, {Double.NaN, Double.NaN}};
        walk(solid, (px, py, pz, nm3) -> {
            double distance = matter.distance(px, py, pz);
            double co = matter.density(0, distance);
            double zn = matter.density(1, distance);
            int side = distance < 0 ? 0 : 1;
            double[] sum = sums[side];
            sum[0] += nm3;
            if (Math.abs(distance) >= interfaceNm) {
                if (sum[1] == 0) {
                    first[side] = new double[] {zn / (co + zn), co + zn};
                }
                // from the first value, so that the spread of a constant is nothing and not what rounding leaves
                double x = zn / (co + zn) - first[side][0];
                double n = co + zn - first[side][1];
                sum[1] += nm3;
                sum[2] += nm3 * x;
                sum[3] += nm3 * x * x;
                sum[4] += nm3 * n;
                sum[5] += nm3 * n * n;
            }
        });
        return IntStream.range(0, 2)
                .mapToObj(i -> phase(i == 0 ? "Co-rich" : "Zn-rich", first[i], sums[i]))
                .toList();
    }

    /** Volume of the solid, nm³. */
    public double volumeNm3() {
        double[] sum = new double[1];
        walk(solid, (x, y, z, nm3) -> sum[0] += nm3);
        return sum[0];
    }

    private static TruePhase phase(String name, double[] first, double[] sum) {
        double x = sum[2] / sum[1];
        double n = sum[4] / sum[1];
        double sdX = Math.sqrt(Math.max(0, sum[3] / sum[1] - x * x));
        double sdN = Math.sqrt(Math.max(0, sum[5] / sum[1] - n * n));
        return new TruePhase(name, first[0] + x, sdX, first[1] + n, sdN, sum[0], sum[1]);
    }

    /** What is told of a little volume of the solid. */
    interface Sample {
        void at(double[] densitiesPerNm3, double nm3);
    }

    /** Walks through the solid: rays two nanometres apart, each stretch in steps of about one nanometre. */
    void sample(Sample sample) {
        double[] densities = new double[matter.metals()];
        walk(solid, (x, y, z, nm3) -> {
            for (int m = 0; m < densities.length; m++) {
                densities[m] = matter.density(m, matter.distance(x, y, z));
            }
            sample.at(densities, nm3);
        });
    }

    /** What is told of a little volume at a point. */
    interface PointSample {
        void at(double x, double y, double z, double nm3);
    }

    static void walk(Solid solid, PointSample sample) {
        double apart = 2 * RAY_NM;
        List<double[]> corners = solid.corners();
        double[] low = Solid.extent(corners, -1);
        double[] high = Solid.extent(corners, 1);
        double[] spans = new double[2 * solid.pieces()];
        double[] beam = {0, 0, 1};
        for (double y = low[1] + apart / 2; y < high[1]; y += apart) {
            for (double x = low[0] + apart / 2; x < high[0]; x += apart) {
                int n = solid.cross(new double[] {x, y, 0}, beam, spans);
                for (int s = 0; s < n; s++) {
                    double length = spans[2 * s + 1] - spans[2 * s];
                    int steps = (int) Math.ceil(length / RAY_NM);
                    for (int k = 0; k < steps; k++) {
                        double z = spans[2 * s] + (k + 0.5) * length / steps;
                        sample.at(x, y, z, apart * apart * length / steps);
                    }
                }
            }
        }
    }

    private interface Integral {
        double of(int metal, double fromDistance, double toDistance, double lengthNm);
    }

    private double[][] integrals(View view, Integral integral, int channels) {
        int size = view.size();
        int rays = raysAcross(view.pixelNm());
        double[][] sums = new double[channels][size * size];
        double[] spans = new double[2 * solid.pieces()];
        double[] point = new double[3];
        double[] beam = view.beam();
        double share = 1.0 / (rays * rays);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                for (int r = 0; r < rays * rays; r++) {
                    view.look(sub(y, r / rays, rays), sub(x, r % rays, rays), point);
                    int n = solid.cross(point, beam, spans);
                    for (int s = 0; s < n; s++) {
                        double t0 = spans[2 * s];
                        double t1 = spans[2 * s + 1];
                        double from = distance(point, beam, t0);
                        double to = distance(point, beam, t1);
                        for (int m = 0; m < channels; m++) {
                            sums[m][y * size + x] += share * integral.of(m, from, to, t1 - t0);
                        }
                    }
                }
            }
        }
        return sums;
    }

    private double distance(double[] point, double[] beam, double t) {
        return matter.distance(point[0] + t * beam[0], point[1] + t * beam[1], point[2] + t * beam[2]);
    }

    /** Adds the atoms/nm² of a stretch along z to the voxels it runs through. */
    private void pile(int m, double[] point, double begin, double end, double voxelNm, double[] column) {
        double edge = -0.5 * column.length * voxelNm;
        int first = Math.max(0, (int) Math.floor((begin - edge) / voxelNm));
        for (int z = first; z < column.length; z++) {
            double t0 = Math.max(begin, edge + z * voxelNm);
            double t1 = Math.min(end, edge + (z + 1) * voxelNm);
            if (t1 <= t0) {
                return;
            }
            double from = matter.distance(point[0], point[1], t0);
            double to = matter.distance(point[0], point[1], t1);
            column[z] += matter.integral(m, from, to, t1 - t0);
        }
    }

    private int indexOf(Element metal) {
        int m = metals().indexOf(metal);
        if (m < 0) {
            throw new IllegalArgumentException("there is no " + metal + " in this particle of " + metals());
        }
        return m;
    }

    private static int raysAcross(double pixelNm) {
        return Math.max(2, (int) Math.round(pixelNm / RAY_NM));
    }

    private static double sub(int pixel, int ray, int rays) {
        return pixel + (ray + 0.5) / rays - 0.5;
    }
}
