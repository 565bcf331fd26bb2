package org.hyalite.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.hyalite.align.Alignment;
import org.hyalite.align.Resampling;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.format.Reason;
import org.hyalite.io.mrc.MrcSections;
import org.hyalite.study.recipe.InputException;

/** One image of a recorded tilt series, brought to the tilt axis by the alignment of a results folder. */
public final class AlignedSection {
    private static final long LARGEST_PX = 1L << 24;

    private AlignedSection() {}

    /**
     * The image, {@code [y, x]}, the axis along y in its middle; where nothing was recorded it is 0.
     *
     * @param series with its tilts, in the run's own frame
     * @throws InputException if it is no tilt series, there is no alignment, or that has no such tilt
     */
    public static Image of(Path results, Path file, MrcSections series, int index) {
        if (series.tiltsDeg().isEmpty()) {
            throw new InputException(file + ": has no tilts, so that nothing says how its images are aligned");
        }
        if ((long) series.ny() * series.nx() > LARGEST_PX) {
            throw new InputException(
                    file + ": images of " + series.ny() + " × " + series.nx() + " pixels are shown as recorded only");
        }
        Path csv = results.resolve("sample").resolve("alignment.csv");
        if (!Files.isRegularFile(csv, LinkOption.NOFOLLOW_LINKS)) {
            throw new InputException(csv + ": no such file; without it nobody knows where the images belong");
        }
        Alignment alignment = AlignmentFiles.read(new StudyRecord(), csv, StackFrame.AS_STORED);
        double pixelNm = series.pixelNm().orElse(1);
        Image recorded = Image.zeros(series.ny(), series.nx(), pixelNm);
        int[] row = {0};
        try {
            series.section(MrcSections.Axis.Z, index, values -> {
                System.arraycopy(values, 0, recorded.values(), row[0] * series.nx(), series.nx());
                row[0]++;
            });
        } catch (IOException e) {
            throw new InputException(file + " cannot be read: " + Reason.of(e), e);
        }
        TiltGeometry tilt = TiltGeometry.of(series.tiltsDeg().get(index));
        try {
            return AlignedImages.whole(alignment.applyTo(TiltSeries.of(tilt, List.of(recorded)), Resampling.FREE))
                    .image(0);
        } catch (IllegalArgumentException e) {
            throw new InputException(csv + ": " + e.getMessage(), e);
        }
    }
}
