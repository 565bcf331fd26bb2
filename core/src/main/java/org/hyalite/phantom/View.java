package org.hyalite.phantom;

/**
 * Which ray of the specimen each place of a recorded image sees. The specimen's own axes begin on the tilt axis: y along
 * it, z along the beam at zero tilt, x across; nm.
 */
final class View {
    private final int size;
    private final double pixelNm;
    private final double cosTilt;
    private final double sinTilt;
    private final double shiftY;
    private final double shiftX;
    private final double offsetPx;
    private final double cosTurn;
    private final double sinTurn;

    private View(int size, double pixelNm, double tiltDeg, double[] shift, double offsetPx, double turnDeg) {
        this.size = size;
        this.pixelNm = pixelNm;
        double tilt = StrictMath.toRadians(tiltDeg);
        this.cosTilt = StrictMath.cos(tilt);
        this.sinTilt = StrictMath.sin(tilt);
        this.shiftY = shift[0];
        this.shiftX = shift[1];
        this.offsetPx = offsetPx;
        double turn = StrictMath.toRadians(turnDeg);
        this.cosTurn = StrictMath.cos(turn);
        this.sinTurn = StrictMath.sin(turn);
    }

    /** The recorded image {@code i} of a series. */
    static View of(int size, double pixelNm, TrueAlignment as, int i) {
        double[] shift = {as.shiftYPx()[i], as.shiftXPx()[i]};
        return new View(size, pixelNm, as.tiltsDeg()[i], shift, as.axisOffsetPx(), as.axisRotationDeg());
    }

    /** The aligned view at zero tilt: no shift, no rotation, the axis still {@code offsetPx} beside the centre. */
    static View aligned(int size, double pixelNm, double offsetPx) {
        return new View(size, pixelNm, 0, new double[2], offsetPx, 0);
    }

    int size() {
        return size;
    }

    double pixelNm() {
        return pixelNm;
    }

    double cosTilt() {
        return cosTilt;
    }

    /** The beam's direction in the specimen. */
    double[] beam() {
        return new double[] {sinTilt, 0, cosTilt};
    }

    /**
     * The point, on the plane through the tilt axis across the beam, that a place of the recorded image sees.
     *
     * @param row place in the image, pixels; whole at a pixel's centre
     * @param point receives {x, y, z}, nm
     */
    void look(double row, double column, double[] point) {
        double middle = (size - 1) / 2.0;
        double v = row + shiftY - middle;
        double u = column + shiftX - middle;
        double across = (cosTurn * u - sinTurn * v - offsetPx) * pixelNm;
        point[0] = across * cosTilt;
        point[1] = (cosTurn * v + sinTurn * u) * pixelNm;
        point[2] = -across * sinTilt;
    }
}
