package org.hyalite.figure;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.hyalite.grid.Volume;

/**
 * Looks through volumes without perspective, by following one ray for each pixel. The light comes from the upper left,
 * from the eye's side. Large volumes are binned first; the work is bounded by the pixels asked for.
 */
public final class Renderer {
    private static final double[] LIGHT = unit(-0.5, -0.62, -0.72);
    private static final double[] HALFWAY = unit(LIGHT[0], LIGHT[1], LIGHT[2] - 1);
    private static final double SURFACE_STEP = 0.6;
    private static final double VOLUME_STEP = 0.7;
    private static final double OPAQUE = 0.004;
    /** Optical depth of a body of full density across the frame. */
    private static final double DEPTH = 8;

    private Renderer() {}

    /**
     * The surface at which a volume crosses a threshold, in light and shade. Position and shade are taken from the
     * volume smoothed by less than a voxel and by about one and a half, so that voxels do not show as stairs.
     *
     * @param pixels edge of the square picture
     */
    public static Rendering surface(Volume volume, double threshold, Color colour, View view, Frame frame, int pixels) {
        Field raw = Field.of(volume);
        Field shape = raw.blurred(1);
        Field slope = shape.blurred(4);
        Rays rays = new Rays(shape, threshold, volume, view, frame, 2 * pixels);
        BufferedImage image = new BufferedImage(2 * pixels, 2 * pixels, BufferedImage.TYPE_INT_RGB);
        double[] at = new double[3];
        for (int v = 0; v < 2 * pixels; v++) {
            for (int u = 0; u < 2 * pixels; u++) {
                if (!rays.aim(u, v)) {
                    continue;
                }
                double before = rays.from;
                for (double t = rays.from; t <= rays.to; t += SURFACE_STEP) {
                    rays.point(t, at);
                    if (shape.at(at[0], at[1], at[2]) > threshold) {
                        image.setRGB(u, v, lit(shape, slope, threshold, colour, rays, before, t));
                        break;
                    }
                    before = t;
                }
            }
        }
        return new Rendering(Raster.averaged(image, 2), frame.sizeNm() / pixels);
    }

    private static int lit(
            Field shape, Field slope, double threshold, Color colour, Rays rays, double outside, double inside) {
        double[] at = new double[3];
        double low = outside;
        double high = inside;
        for (int i = 0; i < 6; i++) {
            double middle = (low + high) / 2;
            rays.point(middle, at);
            if (shape.at(at[0], at[1], at[2]) > threshold) {
                high = middle;
            } else {
                low = middle;
            }
        }
        rays.point(high, at);
        double[] normal = rays.seen(
                slope.at(at[0] - 1, at[1], at[2]) - slope.at(at[0] + 1, at[1], at[2]),
                slope.at(at[0], at[1] - 1, at[2]) - slope.at(at[0], at[1] + 1, at[2]),
                slope.at(at[0], at[1], at[2] - 1) - slope.at(at[0], at[1], at[2] + 1));
        double lambert = Math.max(0, dot(normal, LIGHT));
        double facing = Math.max(0, -normal[2]);
        double shade = 0.12 + 0.7 * lambert + 0.16 * facing;
        double gloss = 0.16 * Math.pow(Math.max(0, dot(normal, HALFWAY)), 22);
        double far = 1 - 0.16 * Math.max(-1, Math.min(1, 2 * high / rays.reach()));
        return grey(colour.getRed(), shade * far, gloss) << 16
                | grey(colour.getGreen(), shade * far, gloss) << 8
                | grey(colour.getBlue(), shade * far, gloss);
    }

    private static int grey(int channel, double shade, double gloss) {
        return (int) Math.round(Math.max(0, Math.min(255, channel * shade + 255 * gloss)));
    }

    /**
     * Elements together as glowing matter: what each voxel sends out is {@code Σ colour · density / high}, what it hides
     * goes with the total density; where the total falls steeply, light and shade are added. Voxels at an edge, partly
     * empty, are shown as densely as the body beside them.
     *
     * @param elements of one grid and one unit
     * @param high density at which an element has its full colour, the same for all
     * @param pixels edge of the square picture
     */
    public static Rendering volume(List<ElementVolume> elements, double high, View view, Frame frame, int pixels) {
        if (elements.isEmpty()) {
            throw new IllegalArgumentException("a rendering of no elements");
        }
        Volume first = elements.get(0).density();
        double full = ColourScale.positive(high);
        Field total = null;
        float[] glow = new float[0];
        for (ElementVolume element : elements) {
            first.requireSameGrid(element.density());
            Field field = Field.of(element.density()).blurred(1);
            if (total == null) {
                total = field.like(new float[field.values.length]);
                glow = new float[4 * field.values.length];
            }
            for (int i = 0; i < field.values.length; i++) {
                double share = field.values[i] / full;
                total.values[i] += (float) share;
                double shown = Math.min(1, share) / 255;
                glow[4 * i] += (float) (shown * element.colour().getRed());
                glow[4 * i + 1] += (float) (shown * element.colour().getGreen());
                glow[4 * i + 2] += (float) (shown * element.colour().getBlue());
            }
        }
        if (total == null) {
            throw new IllegalStateException("no element was read");
        }
        Rays rays = new Rays(total, 0, first, view, frame, pixels);
        shade(total, rays, glow, DEPTH * total.voxelNm / frame.sizeNm());
        BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
        for (int v = 0; v < pixels; v++) {
            for (int u = 0; u < pixels; u++) {
                if (rays.aim(u, v)) {
                    image.setRGB(u, v, through(total, glow, rays));
                }
            }
        }
        return new Rendering(image, frame.sizeNm() / pixels);
    }

    /** Puts light, shade and opacity into the glowing field: its fourth channel is what a voxel hides. */
    private static void shade(Field total, Rays rays, float[] glow, double opacity) {
        float[] body = total.widened(2).values;
        Field smooth = total.blurred(2);
        float[] s = smooth.values;
        int up = total.nx * total.ny;
        for (int z = 1; z < total.nz - 1; z++) {
            for (int y = 1; y < total.ny - 1; y++) {
                for (int x = 1; x < total.nx - 1; x++) {
                    int at = (z * total.ny + y) * total.nx + x;
                    if (total.values[at] == 0) {
                        continue;
                    }
                    double gx = s[at - 1] - s[at + 1];
                    double gy = s[at - total.nx] - s[at + total.nx];
                    double gz = s[at - up] - s[at + up];
                    double steep = Math.sqrt(gx * gx + gy * gy + gz * gz);
                    double[] normal = rays.seen(gx, gy, gz);
                    double edge = Math.min(1, Math.max(0, (steep - 0.08) / 0.3));
                    double lambert = Math.max(0, dot(normal, LIGHT));
                    double facing = Math.max(0, -normal[2]);
                    double light = 1 + edge * (0.34 + 0.62 * lambert + 0.22 * facing - 1);
                    double part = total.values[at] / body[at];
                    // not between two phases: only what is well below its neighbours is an edge to emptiness
                    double empty = Math.max(0, Math.min(1, (0.85 - part) / 0.4));
                    double lift = 1 + empty * (1 / Math.max(0.1, part) - 1);
                    for (int c = 0; c < 3; c++) {
                        glow[4 * at + c] *= (float) (light * lift);
                    }
                    double solid = Math.max(0, Math.min(1, (part - 0.2) / 0.5));
                    glow[4 * at + 3] = (float) (opacity * Math.min(1.5, body[at]) * solid * (1 + 2 * edge));
                }
            }
        }
    }

    private static int through(Field field, float[] glow, Rays rays) {
        double red = 0;
        double green = 0;
        double blue = 0;
        double left = 1;
        int nx = field.nx;
        int up = nx * field.ny;
        double[] at = new double[3];
        for (double t = rays.from; t <= rays.to && left > OPAQUE; t += VOLUME_STEP) {
            rays.point(t, at);
            int i = (int) at[0];
            int j = (int) at[1];
            int k = (int) at[2];
            if (i < 0 || j < 0 || k < 0 || i >= nx - 1 || j >= field.ny - 1 || k >= field.nz - 1) {
                continue;
            }
            double fx = at[0] - i;
            double fy = at[1] - j;
            double fz = at[2] - k;
            int corner = 4 * ((k * field.ny + j) * nx + i);
            double hidden = mixed(glow, corner + 3, 4 * nx, 4 * up, fx, fy, fz);
            if (hidden > 0) {
                double r = mixed(glow, corner, 4 * nx, 4 * up, fx, fy, fz);
                double g = mixed(glow, corner + 1, 4 * nx, 4 * up, fx, fy, fz);
                double b = mixed(glow, corner + 2, 4 * nx, 4 * up, fx, fy, fz);
                double taken = left * (1 - Math.exp(-hidden * VOLUME_STEP));
                red += taken * r;
                green += taken * g;
                blue += taken * b;
                left -= taken;
            }
        }
        return grey(255, red, 0) << 16 | grey(255, green, 0) << 8 | grey(255, blue, 0);
    }

    /** One channel between eight voxels, four floats to each. */
    private static double mixed(float[] glow, int at, int down, int up, double fx, double fy, double fz) {
        double near = (1 - fy) * ((1 - fx) * glow[at] + fx * glow[at + 4])
                + fy * ((1 - fx) * glow[at + down] + fx * glow[at + down + 4]);
        int far = at + up;
        return (1 - fz) * near
                + fz
                        * ((1 - fy) * ((1 - fx) * glow[far] + fx * glow[far + 4])
                                + fy * ((1 - fx) * glow[far + down] + fx * glow[far + down + 4]));
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] unit(double x, double y, double z) {
        double length = Math.sqrt(x * x + y * y + z * z);
        return new double[] {x / length, y / length, z / length};
    }

    /** The rays of one picture, in voxels of a field. */
    private static final class Rays {
        private final double[] right;
        private final double[] down;
        private final double[] away;
        private final double[] centre;
        private final double[] low = new double[3];
        private final double[] high = new double[3];
        private final double step;
        private final int pixels;
        private final double[] start = new double[3];
        double from;
        double to;

        Rays(Field field, double floor, Volume volume, View view, Frame frame, int pixels) {
            if (pixels < 1 || pixels > 8192) {
                throw new IllegalArgumentException("a rendering of " + pixels + " pixels");
            }
            right = view.right();
            down = view.down();
            away = view.away();
            double bin = field.voxelNm / volume.voxelNm();
            centre = new double[] {
                (frame.centreX() + 0.5) / bin + 0.5,
                (frame.centreY() + 0.5) / bin + 0.5,
                (frame.centreZ() + 0.5) / bin + 0.5
            };
            int[][] bounds = field.bounds(floor);
            double[] ends = {field.nx - 1, field.ny - 1, field.nz - 1};
            for (int i = 0; i < 3; i++) {
                low[i] = Math.max(0, bounds[0][i] - 1);
                high[i] = Math.min(ends[i], bounds[1][i] + 1);
            }
            step = frame.sizeNm() / field.voxelNm / pixels;
            this.pixels = pixels;
        }

        /** Half of the longest way through the field. */
        double reach() {
            return Math.hypot(Math.hypot(high[0] - low[0], high[1] - low[1]), high[2] - low[2]) / 2;
        }

        /** Takes aim through a pixel; false if the ray misses the field. */
        boolean aim(int u, int v) {
            double a = (u + 0.5 - pixels / 2.0) * step;
            double b = (v + 0.5 - pixels / 2.0) * step;
            from = Double.NEGATIVE_INFINITY;
            to = Double.POSITIVE_INFINITY;
            for (int i = 0; i < 3; i++) {
                start[i] = centre[i] + a * right[i] + b * down[i];
                if (Math.abs(away[i]) < 1e-12) {
                    if (start[i] < low[i] || start[i] > high[i]) {
                        return false;
                    }
                } else {
                    double one = (low[i] - start[i]) / away[i];
                    double other = (high[i] - start[i]) / away[i];
                    from = Math.max(from, Math.min(one, other));
                    to = Math.min(to, Math.max(one, other));
                }
            }
            return from < to;
        }

        void point(double t, double[] at) {
            at[0] = start[0] + t * away[0];
            at[1] = start[1] + t * away[1];
            at[2] = start[2] + t * away[2];
        }

        /** A direction given in the volume, as the eye has it: right, down, away; of unit length. */
        double[] seen(double x, double y, double z) {
            double length = Math.sqrt(x * x + y * y + z * z);
            if (length < 1e-12) {
                return new double[] {0, 0, -1};
            }
            double[] d = {x / length, y / length, z / length};
            return new double[] {dot(d, right), dot(d, down), dot(d, away)};
        }
    }
}
