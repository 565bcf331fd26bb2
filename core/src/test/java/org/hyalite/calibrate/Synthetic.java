package org.hyalite.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;

/** Polyhedra whose volume and thickness are known without voxels: cut from half-spaces, sampled finer than the grid. */
public final class Synthetic {
    /** A half-space {@code n · p <= d}, voxel units, origin at the grid's centre. */
    public record Face(double nz, double ny, double nx, double d) {}

    private final List<Face> faces;

    private Synthetic(List<Face> faces) {
        this.faces = faces;
    }

    /** A box with its edges along the grid's axes. */
    public static Synthetic box(double halfZ, double halfY, double halfX) {
        return new Synthetic(List.of(
                new Face(1, 0, 0, halfZ), new Face(-1, 0, 0, halfZ),
                new Face(0, 1, 0, halfY), new Face(0, -1, 0, halfY),
                new Face(0, 0, 1, halfX), new Face(0, 0, -1, halfX)));
    }

    /** A shard with random faces, lying on a flat one, about as large as a ball of the radius. */
    public static Synthetic shard(long seed, double radius) {
        Random random = new Random(seed);
        List<Face> faces = new ArrayList<>();
        faces.add(new Face(1, 0, 0, 0.6 * radius));
        for (int i = 0; i < 13; i++) {
            double z = random.nextGaussian();
            double y = random.nextGaussian();
            double x = random.nextGaussian();
            double r = Math.sqrt(z * z + y * y + x * x);
            faces.add(new Face(z / r, y / r, x / r, radius * (0.75 + 0.4 * random.nextDouble())));
        }
        for (int axis = 0; axis < 3; axis++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                faces.add(new Face(axis == 0 ? sign : 0, axis == 1 ? sign : 0, axis == 2 ? sign : 0, 1.15 * radius));
            }
        }
        return new Synthetic(faces);
    }

    boolean inside(double z, double y, double x) {
        for (Face f : faces) {
            if (f.nz * z + f.ny * y + f.nx * x > f.d) {
                return false;
            }
        }
        return true;
    }

    /** The share of every voxel that lies inside, on a cube of n voxels, from 3 × 3 × 3 points in each. */
    public Volume occupancy(int n, double voxelNm) {
        Volume volume = Volume.zeros(n, n, n, voxelNm);
        int fine = 3;
        for (int y = 0; y < n * fine; y++) {
            for (int x = 0; x < n * fine; x++) {
                double[] chord = chord((y + 0.5) / fine - n / 2.0, (x + 0.5) / fine - n / 2.0);
                for (int z = (int) Math.max(0, Math.floor(chord[0] + n / 2.0));
                        z < Math.min(n, chord[1] + n / 2.0);
                        z++) {
                    double part = Math.min(chord[1], z + 1 - n / 2.0) - Math.max(chord[0], z - n / 2.0);
                    if (part > 0) {
                        volume.set(z, y / fine, x / fine, (float)
                                (volume.at(z, y / fine, x / fine) + part / (fine * fine)));
                    }
                }
            }
        }
        return volume;
    }

    /** Mean thickness of every pixel, nm, its content moved by a shift in pixels. */
    public Image thickness(int n, double voxelNm, double shiftY, double shiftX) {
        Image image = Image.zeros(n, n, voxelNm);
        int fine = 4;
        for (int y = 0; y < n; y++) {
            for (int x = 0; x < n; x++) {
                double sum = 0;
                for (int i = 0; i < fine * fine; i++) {
                    double[] c = chord(
                            y + (i / fine + 0.5) / fine - n / 2.0 - shiftY,
                            x + (i % fine + 0.5) / fine - n / 2.0 - shiftX);
                    sum += Math.max(0, c[1] - c[0]);
                }
                image.set(y, x, (float) (sum / (fine * fine) * voxelNm));
            }
        }
        return image;
    }

    private double[] chord(double y, double x) {
        double from = -1e9;
        double to = 1e9;
        for (Face f : faces) {
            double rest = f.d - f.ny * y - f.nx * x;
            if (f.nz > 1e-12) {
                to = Math.min(to, rest / f.nz);
            } else if (f.nz < -1e-12) {
                from = Math.max(from, rest / f.nz);
            } else if (rest < 0) {
                return new double[] {0, 0};
            }
        }
        return new double[] {from, Math.max(from, to)};
    }

    /** Blurs by a Gaussian, in place. */
    public static Volume blur(Volume v, double sd) {
        if (sd <= 0) {
            return v;
        }
        int reach = (int) Math.ceil(4 * sd);
        double[] w = new double[2 * reach + 1];
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            w[i] = Math.exp(-0.5 * (i - reach) * (i - reach) / (sd * sd));
            sum += w[i];
        }
        for (int i = 0; i < w.length; i++) {
            w[i] /= sum;
        }
        int n = v.nz();
        float[] line = new float[n + 2 * reach];
        for (int axis = 0; axis < 3; axis++) {
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < n; b++) {
                    for (int c = 0; c < line.length; c++) {
                        line[c] = at(v, axis, a, b, Math.floorMod(c - reach, n));
                    }
                    for (int c = 0; c < n; c++) {
                        double s = 0;
                        for (int k = 0; k < w.length; k++) {
                            s += w[k] * line[c + k];
                        }
                        set(v, axis, a, b, c, (float) s);
                    }
                }
            }
        }
        return v;
    }

    private static float at(Volume v, int axis, int a, int b, int c) {
        return axis == 0 ? v.at(c, a, b) : axis == 1 ? v.at(a, c, b) : v.at(a, b, c);
    }

    private static void set(Volume v, int axis, int a, int b, int c, float value) {
        if (axis == 0) {
            v.set(c, a, b, value);
        } else if (axis == 1) {
            v.set(a, c, b, value);
        } else {
            v.set(a, b, c, value);
        }
    }

    /** Gaussian noise of unit standard deviation with a correlation of {@code sd} voxels. */
    public static Volume noise(int n, double voxelNm, double sd, long seed) {
        Random random = new Random(seed);
        Volume v = Volume.zeros(n, n, n, voxelNm);
        for (float[] block : v.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (float) random.nextGaussian();
            }
        }
        blur(v, sd);
        double square = 0;
        for (float[] block : v.blocks()) {
            for (float x : block) {
                square += (double) x * x;
            }
        }
        double scale = 1 / Math.sqrt(square / v.size());
        for (float[] block : v.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] *= (float) scale;
            }
        }
        return v;
    }

    /** {@code a·v + b·w + c}, cut at zero if asked, as a new volume. */
    public static Volume combine(Volume v, double a, Volume w, double b, double c, boolean nonNegative) {
        Volume out = v.copy();
        for (int i = 0; i < out.blocks().length; i++) {
            float[] o = out.blocks()[i];
            float[] q = w.blocks()[i];
            for (int j = 0; j < o.length; j++) {
                double value = a * o[j] + b * q[j] + c;
                o[j] = (float) (nonNegative ? Math.max(0, value) : value);
            }
        }
        return out;
    }

    /** A Poisson number. */
    public static int poisson(Random random, double mean) {
        if (mean > 500) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int n = 0;
        while (product > limit) {
            product *= random.nextDouble();
            n++;
        }
        return n;
    }
}
