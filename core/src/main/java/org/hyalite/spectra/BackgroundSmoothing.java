package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.List;
import org.hyalite.grid.Image;

/**
 * Smooths noisy backgrounds with the Gaussian that is estimated to come nearest to the truth. For noise of known variance
 * {@code v}, the mean squared error of a linear smoother S is estimated without bias by
 * {@code ‖S r − r‖² − Σ v + 2 Σ S_ii v_i} (Stein 1981, Ann. Statist. 9, 1135); one width serves all maps of a series.
 */
public final class BackgroundSmoothing {
    private static final double[] WIDTHS_PX = {0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 11.3};
    private static final double REACH = 3.5;
    private static final double WIDER = 4;
    private static final double LEAST_OF_MEAN = 0.02;
    private static final double LEAST_COUNTS = 1e-4;

    private BackgroundSmoothing() {}

    /** What came out. */
    record Smoothed(List<Image> images, double widthPx) {}

    /**
     * Smooths. What comes out below the emptiest place of a map, seen four times as blurred, is set to that, so that no
     * background is 0.
     *
     * @param raw estimates, unbiased, of any sign
     * @param standardError of each pixel
     */
    static Smoothed smooth(List<Image> raw, List<Image> standardError) {
        double least = Double.POSITIVE_INFINITY;
        double best = WIDTHS_PX[0];
        for (double width : WIDTHS_PX) {
            double risk = 0;
            for (int m = 0; m < raw.size(); m++) {
                risk += risk(raw.get(m), standardError.get(m), width);
            }
            if (risk < least) {
                least = risk;
                best = width;
            }
        }
        List<Image> images = new ArrayList<>();
        for (Image image : raw) {
            images.add(floored(gaussian(image, best), emptiest(gaussian(image, WIDER * best))));
        }
        return new Smoothed(images, best);
    }

    private static double risk(Image raw, Image standardError, double width) {
        Image smooth = gaussian(raw, width);
        double[] own = kernel(width);
        double risk = 0;
        for (int y = 0; y < raw.ny(); y++) {
            for (int x = 0; x < raw.nx(); x++) {
                double d = smooth.at(y, x) - raw.at(y, x);
                double e = standardError.at(y, x);
                double self = own[0] / weight(own, y, raw.ny()) * own[0] / weight(own, x, raw.nx());
                risk += d * d + (2 * self - 1) * e * e;
            }
        }
        return risk;
    }

    private static double emptiest(Image image) {
        double least = Double.POSITIVE_INFINITY;
        for (float value : image.values()) {
            least = Math.min(least, value);
        }
        return Math.max(least, LEAST_OF_MEAN * image.sum() / image.values().length);
    }

    private static Image floored(Image image, double least) {
        float floor = (float) Math.max(least, LEAST_COUNTS);
        for (int i = 0; i < image.values().length; i++) {
            image.values()[i] = Math.max(image.values()[i], floor);
        }
        return image;
    }

    /** A Gaussian whose weights add up to one within the image, everywhere. */
    public static Image gaussian(Image image, double sigma) {
        double[] kernel = kernel(sigma);
        float[] along = pass(image.values(), image.ny(), image.nx(), 1, image.nx(), kernel);
        float[] both = pass(along, image.nx(), image.ny(), image.nx(), 1, kernel);
        return Image.of(image.ny(), image.nx(), image.pixelNm(), both);
    }

    private static float[] pass(float[] from, int lines, int length, int step, int jump, double[] kernel) {
        float[] to = new float[from.length];
        for (int i = 0; i < length; i++) {
            double total = weight(kernel, i, length);
            int first = Math.max(0, i - kernel.length + 1);
            int last = Math.min(length - 1, i + kernel.length - 1);
            for (int line = 0; line < lines; line++) {
                double sum = 0;
                for (int j = first; j <= last; j++) {
                    sum += kernel[Math.abs(j - i)] * from[line * jump + j * step];
                }
                to[line * jump + i * step] = (float) (sum / total);
            }
        }
        return to;
    }

    /** Half a kernel, from its middle outwards. */
    private static double[] kernel(double sigma) {
        double[] half = new double[1 + (int) Math.ceil(REACH * sigma)];
        for (int k = 0; k < half.length; k++) {
            half[k] = Math.exp(-k * k / (2 * sigma * sigma));
        }
        return half;
    }

    /** The sum of a kernel's weights within a line of pixels, around pixel {@code i}. */
    private static double weight(double[] half, int i, int length) {
        double sum = 0;
        for (int j = Math.max(0, i - half.length + 1); j <= Math.min(length - 1, i + half.length - 1); j++) {
            sum += half[Math.abs(j - i)];
        }
        return sum;
    }
}
