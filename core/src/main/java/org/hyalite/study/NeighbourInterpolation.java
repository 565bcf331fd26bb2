package org.hyalite.study;

import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;

/**
 * An image between two others of a series, without a volume: both brought to where it was recorded, and their mean taken
 * linearly in the tilt. In one of two ways:
 *
 * <ul>
 *   <li>{@link #plain}: moved by their shifts alone;
 *   <li>{@link #slab}: taken for images of a thin slab that lies flat at zero tilt, so that besides they are stretched about
 *       the axis by {@code cos θ / cos θ_j}, and become brighter by {@code cos θ_j / cos θ} as the path does.
 * </ul>
 */
final class NeighbourInterpolation {
    private final TiltSeries images;
    private final int wanted;

    private NeighbourInterpolation(TiltSeries images, int wanted) {
        this.images = images;
        this.wanted = wanted;
    }

    /**
     * @param images tilts ascending
     * @param wanted neither the first nor the last
     */
    static Image plain(TiltSeries images, int wanted) {
        return new NeighbourInterpolation(images, wanted).image(false);
    }

    /** The same for a slab. */
    static Image slab(TiltSeries images, int wanted) {
        return new NeighbourInterpolation(images, wanted).image(true);
    }

    /** The share of the upper neighbour at a tilt between two, linear in the angle. */
    static double upperShare(TiltGeometry geometry, int wanted) {
        double below = geometry.tiltDeg(wanted - 1);
        return (geometry.tiltDeg(wanted) - below) / (geometry.tiltDeg(wanted + 1) - below);
    }

    private Image image(boolean slab) {
        Image out = Image.zeros(images.ny(), images.nx(), images.pixelNm());
        double upper = upperShare(images.geometry(), wanted);
        add(wanted - 1, 1 - upper, slab, out);
        add(wanted + 1, upper, slab, out);
        return out;
    }

    private void add(int neighbour, double share, boolean slab, Image out) {
        TiltGeometry geometry = images.geometry();
        double ratio = slab ? cos(neighbour) / cos(wanted) : 1;
        double axis = (images.nx() - 1) / 2.0 + geometry.axisOffsetPx();
        for (int x = 0; x < out.nx(); x++) {
            double place = (x + geometry.shiftXPx(wanted) - axis) * ratio + axis - geometry.shiftXPx(neighbour);
            double inside = Math.max(0, Math.min(images.nx() - 1.0, place));
            int left = (int) Math.min(inside, images.nx() - 2.0);
            double right = inside - left;
            for (int y = 0; y < out.ny(); y++) {
                double value = (1 - right) * images.at(neighbour, y, left) + right * images.at(neighbour, y, left + 1);
                out.set(y, x, (float) (out.at(y, x) + share * ratio * value));
            }
        }
    }

    private double cos(int tilt) {
        return Math.cos(Math.toRadians(images.geometry().tiltDeg(tilt)));
    }
}
