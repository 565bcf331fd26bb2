package org.hyalite.io.tiff;

import java.util.List;
import java.util.stream.Collectors;
import org.hyalite.grid.Image;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Signal;

/** Writes ImageJ's description of a stack: slices of a volume with their spacing, frames of a tilt series. */
final class ImageJDescription {
    private ImageJDescription() {}

    static String of(Signal signal) {
        List<Image> images = TiffWriter.images(signal);
        StringBuilder text = new StringBuilder("ImageJ=1.53k\n");
        boolean volume = signal.data() instanceof Signal.Stack stack && stack.volume();
        if (images.size() > 1) {
            text.append("images=").append(images.size()).append('\n');
            text.append(volume ? "slices=" : "frames=").append(images.size()).append('\n');
            text.append("hyperstack=true\nmode=grayscale\n");
        }
        if (images.get(0).pixelNm() > 0) {
            text.append("unit=nm\n");
            if (volume) {
                text.append("spacing=").append(stepNm(signal)).append('\n');
            }
        }
        text.append("loop=false\n");
        if (!signal.name().isBlank()) {
            text.append("title=").append(oneLine(signal.name())).append('\n');
        }
        text.append(KnownText.of(signal.acquisition()).entrySet().stream()
                .map(e -> e.getKey() + "=" + oneLine(e.getValue()) + "\n")
                .collect(Collectors.joining()));
        return text.toString();
    }

    /** Distance of a volume's planes, nm. */
    static double stepNm(Signal signal) {
        Axis z = signal.axes().isEmpty()
                ? new Axis("", 0, 0, 0, "")
                : signal.axes().get(0);
        return z.name().equals("z") && z.unit().equals("nm") && z.scale() > 0
                ? z.scale()
                : TiffWriter.images(signal).get(0).pixelNm();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
