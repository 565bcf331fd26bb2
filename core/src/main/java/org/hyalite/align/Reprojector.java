package org.hyalite.align;

import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;

/** How images of a tilt series foretell others: whoever aligns does not know how volumes are made. */
@FunctionalInterface
public interface Reprojector {
    /**
     * The images that a volume made of a series would give.
     *
     * @param used brought to the tilt axis, {@code [tilt, y, x]}, x-shifts and axis offset in its geometry
     * @param wanted the tilts to foretell, their x-shifts and the same axis offset
     * @return images of the size of those used
     */
    TiltSeries images(TiltSeries used, TiltGeometry wanted, Progress progress);
}
