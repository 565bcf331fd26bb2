package org.hyalite.figure;

import java.awt.geom.Rectangle2D;

/** A rectangle on the page, points, y downwards. */
record Box(double x, double y, double width, double height) {
    double right() {
        return x + width;
    }

    double bottom() {
        return y + height;
    }

    double centreX() {
        return x + width / 2;
    }

    double centreY() {
        return y + height / 2;
    }

    Box inset(double by) {
        return new Box(x + by, y + by, width - 2 * by, height - 2 * by);
    }

    /** The largest box of the given proportions inside this one, centred. */
    Box fitted(double w, double h) {
        double scale = Math.min(width / w, height / h);
        return new Box(centreX() - w * scale / 2, centreY() - h * scale / 2, w * scale, h * scale);
    }

    boolean overlaps(Box other) {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }

    boolean contains(Box other) {
        return other.x >= x && other.right() <= right() && other.y >= y && other.bottom() <= bottom();
    }

    Rectangle2D rectangle() {
        return new Rectangle2D.Double(x, y, width, height);
    }
}
