package org.hyalite.grid;

/**
 * A picture, {@code [y, x]}, row by row, of any unit its giver says, with square pixels of a known size.
 */
public final class Image {
    private final int ny;
    private final int nx;
    private final double pixelNm;
    private final float[] values;

    private Image(int ny, int nx, double pixelNm, float[] values) {
        this.ny = ny;
        this.nx = nx;
        this.pixelNm = pixelNm;
        this.values = values;
    }

    /**
     * Takes ownership of {@code values}, {@code [y, x]} with x fastest.
     *
     * @param pixelNm edge of a pixel, nm; {@code NaN} says that it is not known
     */
    public static Image of(int ny, int nx, double pixelNm, float[] values) {
        if (ny < 1 || nx < 1 || values.length != (long) ny * nx) {
            throw new IllegalArgumentException(
                    "image of " + values.length + " values, expected ny * nx = " + ny + " * " + nx);
        }
        if (pixelNm <= 0) {
            throw new IllegalArgumentException("pixel size " + pixelNm + " nm is not positive");
        }
        return new Image(ny, nx, pixelNm, values);
    }

    /** A zeroed image. */
    public static Image zeros(int ny, int nx, double pixelNm) {
        return of(ny, nx, pixelNm, new float[Math.multiplyExact(ny, nx)]);
    }

    public int ny() {
        return ny;
    }

    public int nx() {
        return nx;
    }

    /** Edge of a pixel, nm; {@code NaN} if it is not known. */
    public double pixelNm() {
        return pixelNm;
    }

    /** The image's own array, {@code [y, x]}, not a copy. */
    public float[] values() {
        return values;
    }

    public float at(int y, int x) {
        return values[y * nx + x];
    }

    public void set(int y, int x, float value) {
        values[y * nx + x] = value;
    }

    /** The sum of all pixels. */
    public double sum() {
        double sum = 0;
        for (float v : values) {
            sum += v;
        }
        return sum;
    }

    /** The same values with another pixel size. */
    public Image withPixelNm(double nm) {
        return of(ny, nx, nm, values);
    }

    /** A copy with rows and columns exchanged: {@code [x, y]}. */
    public Image transposed() {
        float[] turned = new float[values.length];
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                turned[x * ny + y] = values[y * nx + x];
            }
        }
        return new Image(nx, ny, pixelNm, turned);
    }

    /**
     * Sums of {@code bin × bin} pixels; rows and columns that do not fill a bin are left out.
     *
     * @param mean divide by {@code bin²}: for intensities, where counts are summed
     */
    public Image binned(int bin, boolean mean) {
        if (bin == 1) {
            return this;
        }
        int by = ny / bin;
        int bx = nx / bin;
        Image out = zeros(by, bx, pixelNm * bin);
        float scale = mean ? 1f / (bin * bin) : 1f;
        for (int y = 0; y < by * bin; y++) {
            for (int x = 0; x < bx * bin; x++) {
                out.values[y / bin * bx + x / bin] += scale * values[y * nx + x];
            }
        }
        return out;
    }
}
