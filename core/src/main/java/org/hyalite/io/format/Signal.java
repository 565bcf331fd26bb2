package org.hyalite.io.format;

import java.util.List;
import java.util.Optional;
import org.hyalite.grid.Image;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.physics.Acquisition;

/**
 * One thing a file holds, with its axes and what is known of how it was made.
 *
 * @param name the file's own name for it ({@code HAADF}, {@code EDX}); may be empty
 * @param axes slowest first
 * @param statistics over all raw values
 * @param acquisition what the file says of the recording, each with the tag it stands in
 * @param data the values
 */
public record Signal(String name, List<Axis> axes, Statistics statistics, Acquisition acquisition, Data data) {
    /** The name of a picture of live times, s at each pixel. */
    public static final String LIVE_TIME = "live time (s)";

    /** The values of a signal. */
    public sealed interface Data {
        /** The kind's name in machine-readable output. */
        String kind();
    }

    /** One picture. */
    public record Picture(Image image) implements Data {
        @Override
        public String kind() {
            return "image";
        }
    }

    /** Pictures of one size, one per tilt (or, where the file does not say, per plane); tilts are in the acquisition. */
    public record Stack(List<Image> images, boolean volume) implements Data {
        @Override
        public String kind() {
            return volume ? "volume" : "tilt-series";
        }
    }

    /** One spectrum. */
    public record SingleSpectrum(Spectrum spectrum) implements Data {
        @Override
        public String kind() {
            return "spectrum";
        }
    }

    /** A spectrum at every pixel; one image, or one per tilt. */
    public record Maps(List<SpectrumImage> maps) implements Data {
        @Override
        public String kind() {
            return "spectrum-image";
        }
    }

    public Signal {
        axes = List.copyOf(axes);
    }

    /** Whether this is a picture of live times, which is never taken for an image of the specimen unless it is asked for. */
    public boolean isLiveTime() {
        return name.equals(LIVE_TIME) && data instanceof Picture;
    }

    /** Whether nothing says that its spectra, if it holds any, are something else than counts of X-rays. */
    public boolean isCounts() {
        if (data instanceof SingleSpectrum single) {
            return single.spectrum().isCounts();
        }
        return !(data instanceof Maps maps) || maps.maps().stream().allMatch(SpectrumImage::isCounts);
    }

    /** The data if it is of this kind. */
    public <T extends Data> Optional<T> as(Class<T> kind) {
        return kind.isInstance(data) ? Optional.of(kind.cast(data)) : Optional.empty();
    }
}
