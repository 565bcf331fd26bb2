package org.hyalite.study;

import java.nio.file.Path;
import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.format.Signal;
import org.hyalite.study.recipe.InputException;

/** Volumes and stacks that a study wrote, read back. */
final class Stacks {
    private Stacks() {}

    /** The volume of an {@code .mrc} file, {@code [z, y, x]}. */
    static Volume volume(Path file) {
        List<Image> planes = images(file);
        if (!(planes.get(0).pixelNm() > 0)) {
            throw new InputException(file + ": gives no voxel size");
        }
        return volume(planes);
    }

    /** A volume of planes of a known pixel size. */
    static Volume volume(List<Image> planes) {
        Image first = planes.get(0);
        Volume volume = Volume.zeros(planes.size(), first.ny(), first.nx(), first.pixelNm());
        for (int z = 0; z < planes.size(); z++) {
            for (int y = 0; y < first.ny(); y++) {
                for (int x = 0; x < first.nx(); x++) {
                    volume.set(z, y, x, planes.get(z).at(y, x));
                }
            }
        }
        return volume;
    }

    /** The planes of an {@code .mrc} file. */
    static List<Image> images(Path file) {
        for (Signal signal : MicroscopeFile.open(file).signals()) {
            if (signal.data() instanceof Signal.Stack stack) {
                return stack.images();
            }
            if (signal.data() instanceof Signal.Picture picture) {
                return List.of(picture.image());
            }
        }
        throw new InputException(file + ": holds no image");
    }
}
