package org.hyalite.study;

import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;

/**
 * Aligned series as images that need no geometry beside them: what a {@link TiltGeometry} keeps of shifts and axis is
 * carried out by linear interpolation, so that the axis stands in the middle. For files that other programs read; the
 * study itself leaves it to the projector.
 */
final class AlignedImages {
    private AlignedImages() {}

    static TiltSeries whole(TiltSeries series) {
        TiltGeometry geometry = series.geometry();
        TiltSeries out =
                TiltSeries.zeros(TiltGeometry.of(geometry.tiltsDeg()), series.ny(), series.nx(), series.pixelNm());
        for (int t = 0; t < series.tilts(); t++) {
            out.setImage(t, moved(series.image(t), geometry.shiftXPx(t) - geometry.axisOffsetPx()));
        }
        return out;
    }

    /** The image's content moved along x by some pixels; what comes from outside is zero. */
    private static Image moved(Image image, double byPx) {
        Image out = Image.zeros(image.ny(), image.nx(), image.pixelNm());
        for (int x = 0; x < image.nx(); x++) {
            double from = x - byPx;
            int left = (int) Math.floor(from);
            float right = (float) (from - left);
            for (int y = 0; y < image.ny(); y++) {
                float a = left >= 0 && left < image.nx() ? image.at(y, left) : 0;
                float b = left + 1 >= 0 && left + 1 < image.nx() ? image.at(y, left + 1) : 0;
                out.set(y, x, (1 - right) * a + right * b);
            }
        }
        return out;
    }
}
