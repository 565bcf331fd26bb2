package org.hyalite.align;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;

/**
 * A tilt series of a known particle with known misalignment: chords through ellipsoids and convex polyhedra, reckoned
 * exactly at 2 × 2 points of every recorded pixel. It uses no code of the aligner: the recorded point p is taken to
 * {@code R⁻¹ (p + s)} as {@link Alignment} states it.
 */
final class MisalignedSeries {
    /** A body: how far a ray {@code origin + t direction} runs inside. Vectors are (z, y, x) from the axis, pixels. */
    interface Body {
        double chord(double[] origin, double[] direction);
    }

    private static final int POINTS = 2;

    final double[] tiltsDeg;
    final double[] shiftY;
    final double[] shiftX;
    final double axisOffset;
    final double rotationDeg;
    final TiltSeries series;

    private MisalignedSeries(Builder b) {
        Random random = new Random(b.seed);
        int n = b.tilts;
        tiltsDeg = new double[n];
        shiftY = new double[n];
        shiftX = new double[n];
        for (int i = 0; i < n; i++) {
            tiltsDeg[i] = n == 1 ? 0 : -b.largestDeg + 2 * b.largestDeg * i / (n - 1);
        }
        int zero = TiltGeometry.of(tiltsDeg).nearestZero();
        for (int i = 0; i < n; i++) {
            shiftY[i] = i == zero ? 0 : b.maxShift * (2 * random.nextDouble() - 1);
            shiftX[i] = i == zero ? 0 : b.maxShift * (2 * random.nextDouble() - 1);
        }
        axisOffset = b.axisOffset;
        rotationDeg = b.rotationDeg;
        double[] waves = new double[24];
        for (int k = 0; k < waves.length; k++) {
            waves[k] = random.nextDouble();
        }
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            images.add(image(b, i, waves, random));
        }
        series = TiltSeries.of(TiltGeometry.of(tiltsDeg), images);
    }

    private Image image(Builder b, int i, double[] waves, Random random) {
        Image image = Image.zeros(b.ny, b.nx, 2);
        double theta = Math.toRadians(tiltsDeg[i]);
        double phi = Math.toRadians(rotationDeg);
        for (int row = 0; row < b.ny; row++) {
            for (int column = 0; column < b.nx; column++) {
                double sum = 0;
                for (int s = 0; s < POINTS * POINTS; s++) {
                    double py = row - (b.ny - 1) / 2.0 + (s / POINTS + 0.5) / POINTS - 0.5 + shiftY[i];
                    double px = column - (b.nx - 1) / 2.0 + (s % POINTS + 0.5) / POINTS - 0.5 + shiftX[i];
                    double y = Math.cos(phi) * py + Math.sin(phi) * px;
                    double u = Math.cos(phi) * px - Math.sin(phi) * py - axisOffset;
                    sum += seen(b, theta, y, u, waves) / (POINTS * POINTS);
                }
                double noise = b.noise * random.nextGaussian();
                image.set(row, column, (float) (b.offset + sum + noise));
            }
        }
        return image;
    }

    private static double seen(Builder b, double theta, double y, double u, double[] waves) {
        double cos = Math.cos(theta);
        double sin = Math.sin(theta);
        double[] origin = {-u * sin, y, u * cos};
        double[] direction = {cos, 0, sin};
        double sum = 0;
        for (Body body : b.bodies) {
            sum += body.chord(origin, direction);
        }
        if (b.film > 0) {
            double t = (b.filmHeight - origin[0]) / cos;
            sum += b.film * (1 + b.filmTexture * texture(y, origin[2] + t * sin, waves)) / cos;
        }
        return sum;
    }

    /** Smooth unevenness of mean 0 and rms about 1. */
    private static double texture(double y, double x, double[] waves) {
        double sum = 0;
        for (int k = 0; k < waves.length; k += 3) {
            double angle = 2 * Math.PI * waves[k];
            double frequency = 2 * Math.PI / (8 + 40 * waves[k + 1]);
            sum += Math.sin(frequency * (y * Math.cos(angle) + x * Math.sin(angle)) + 2 * Math.PI * waves[k + 2]);
        }
        return sum / Math.sqrt(waves.length / 6.0);
    }

    /** The misfit of what an alignment says where the axis stands in each image, without the parts nobody can see. */
    double invisibleRemovedRmsX(Alignment found) {
        double[] off = new double[tiltsDeg.length];
        for (int i = 0; i < off.length; i++) {
            off[i] = columnOfAxis(
                            found.axisOffsetPx(), found.axisRotationDeg(), found.shiftYPx()[i], found.shiftXPx()[i])
                    - columnOfAxis(axisOffset, rotationDeg, shiftY[i], shiftX[i]);
        }
        return rmsWithout(off, true);
    }

    double invisibleRemovedRmsY(Alignment found) {
        double[] off = new double[tiltsDeg.length];
        for (int i = 0; i < off.length; i++) {
            off[i] = found.shiftYPx()[i] - shiftY[i];
        }
        return rmsWithout(off, false);
    }

    private static double columnOfAxis(double offset, double rotationDeg, double sy, double sx) {
        double phi = Math.toRadians(rotationDeg);
        return offset - (Math.cos(phi) * sx - Math.sin(phi) * sy);
    }

    private double rmsWithout(double[] values, boolean wave) {
        int n = values.length;
        double[][] basis = new double[2][n];
        for (int i = 0; i < n; i++) {
            basis[0][i] = wave ? Math.cos(Math.toRadians(tiltsDeg[i])) : 1;
            basis[1][i] = wave ? Math.sin(Math.toRadians(tiltsDeg[i])) : 0;
        }
        double aa = 0;
        double ab = 0;
        double bb = 0;
        double av = 0;
        double bv = 0;
        for (int i = 0; i < n; i++) {
            aa += basis[0][i] * basis[0][i];
            ab += basis[0][i] * basis[1][i];
            bb += basis[1][i] * basis[1][i];
            av += basis[0][i] * values[i];
            bv += basis[1][i] * values[i];
        }
        double det = aa * bb - ab * ab;
        double a = det > 1e-9 ? (av * bb - bv * ab) / det : av / aa;
        double b = det > 1e-9 ? (bv * aa - av * ab) / det : 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double left = values[i] - a * basis[0][i] - b * basis[1][i];
            sum += left * left / n;
        }
        return Math.sqrt(sum);
    }

    static Builder of(int size, long seed) {
        return new Builder(size, size, seed);
    }

    /** What is simulated; brightness is the chord's length in pixels. */
    static final class Builder {
        final int ny;
        final int nx;
        final long seed;
        final List<Body> bodies = new ArrayList<>();
        int tilts = 15;
        double largestDeg = 70;
        double maxShift;
        double axisOffset;
        double rotationDeg;
        double noise;
        double offset;
        double film;
        double filmTexture;
        double filmHeight;

        Builder(int ny, int nx, long seed) {
            this.ny = ny;
            this.nx = nx;
            this.seed = seed;
        }

        Builder tilts(int count, double largest) {
            tilts = count;
            largestDeg = largest;
            return this;
        }

        Builder misaligned(double shift, double offsetPx, double rotation) {
            maxShift = shift;
            axisOffset = offsetPx;
            rotationDeg = rotation;
            return this;
        }

        Builder background(double detectorOffset, double filmBrightness, double texture, double height) {
            offset = detectorOffset;
            film = filmBrightness;
            filmTexture = texture;
            filmHeight = height;
            return this;
        }

        Builder noise(double sd) {
            noise = sd;
            return this;
        }

        /** An ellipsoid; its axes lie askew. */
        Builder ellipsoid(double cz, double cy, double cx, double az, double ay, double ax) {
            return ellipsoid(skew(0.5, 0.4), cz, cy, cx, az, ay, ax);
        }

        /** An ellipsoid with its axes along z, y and x. */
        Builder ellipsoidUpright(double cz, double cy, double cx, double az, double ay, double ax) {
            return ellipsoid(skew(0, 0), cz, cy, cx, az, ay, ax);
        }

        private Builder ellipsoid(double[][] m, double cz, double cy, double cx, double az, double ay, double ax) {
            double[] half = {az, ay, ax};
            bodies.add((o, d) -> {
                double a = 0;
                double b = 0;
                double c = -1;
                for (int k = 0; k < 3; k++) {
                    double[] e = m[k];
                    double p = (e[0] * (o[0] - cz) + e[1] * (o[1] - cy) + e[2] * (o[2] - cx)) / half[k];
                    double q = (e[0] * d[0] + e[1] * d[1] + e[2] * d[2]) / half[k];
                    a += q * q;
                    b += p * q;
                    c += p * p;
                }
                double root = b * b - a * c;
                return root > 0 ? 2 * Math.sqrt(root) / a : 0;
            });
            return this;
        }

        /** A polyhedron of random faces about a centre, at distances 0.7 … 1 of a radius. */
        Builder faceted(double cz, double cy, double cx, double radius, int faces) {
            Random random = new Random(seed * 31 + faces);
            double[][] planes = new double[faces][4];
            for (int f = 0; f < faces; f++) {
                double[] plane = planes[f];
                double length = 0;
                for (int k = 0; k < 3; k++) {
                    plane[k] = random.nextGaussian() + (f < 6 && f % 3 == k ? 6 - 12 * (f / 3) : 0);
                    length += plane[k] * plane[k];
                }
                length = Math.sqrt(length);
                for (int k = 0; k < 3; k++) {
                    plane[k] /= length;
                }
                plane[3] = radius * (0.7 + 0.3 * random.nextDouble()) + plane[0] * cz + plane[1] * cy + plane[2] * cx;
            }
            bodies.add((o, d) -> {
                double from = -1.3 * radius - 100;
                double to = 1.3 * radius + 100;
                for (double[] plane : planes) {
                    double rate = plane[0] * d[0] + plane[1] * d[1] + plane[2] * d[2];
                    double room = plane[3] - plane[0] * o[0] - plane[1] * o[1] - plane[2] * o[2];
                    if (rate > 1e-12) {
                        to = Math.min(to, room / rate);
                    } else if (rate < -1e-12) {
                        from = Math.max(from, room / rate);
                    } else if (room < 0) {
                        return 0;
                    }
                }
                return Math.max(0, to - from);
            });
            return this;
        }

        private static double[][] skew(double a, double b) {
            double ca = Math.cos(a);
            double sa = Math.sin(a);
            double cb = Math.cos(b);
            double sb = Math.sin(b);
            return new double[][] {{ca, -sa, 0}, {sa * cb, ca * cb, -sb}, {sa * sb, ca * sb, cb}};
        }

        MisalignedSeries make() {
            return new MisalignedSeries(this);
        }
    }
}
