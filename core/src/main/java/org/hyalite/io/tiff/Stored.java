package org.hyalite.io.tiff;

import java.util.List;
import org.hyalite.physics.Acquisition;

/**
 * One signal as a description lays it out over the file's pages.
 *
 * @param name of the signal; may be empty
 * @param planes in their order along z, or one tilt after the other
 * @param volume whether they follow each other along z
 * @param yNm height of a pixel, nm; {@code NaN} if it is not known
 * @param xNm width of a pixel, nm, likewise
 * @param zNm distance of planes, nm, likewise
 * @param source where the sizes stand
 * @param acquisition what else is said
 */
record Stored(
        String name,
        List<Plane> planes,
        boolean volume,
        double zNm,
        double yNm,
        double xNm,
        String source,
        Acquisition acquisition) {
    /**
     * One plane.
     *
     * @param page index of its directory
     * @param sample which of the page's samples
     * @param further how many planes behind the directory's own it lies
     */
    record Plane(int page, int sample, int further) {}
}
