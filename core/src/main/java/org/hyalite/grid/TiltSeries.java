package org.hyalite.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Images of one particle at many tilts, {@code [tilt, y, x]}, with their geometry; the tilt axis runs along y. In
 * memory {@code [tilt][x][y in block]} (see {@link Blocks}).
 */
public final class TiltSeries {
    private final TiltGeometry geometry;
    private final int ny;
    private final int nx;
    private final double pixelNm;
    private final float[][] blocks;

    private TiltSeries(TiltGeometry geometry, int ny, int nx, double pixelNm, float[][] blocks) {
        this.geometry = geometry;
        this.ny = ny;
        this.nx = nx;
        this.pixelNm = pixelNm;
        this.blocks = blocks;
    }

    /** A zeroed series. */
    public static TiltSeries zeros(TiltGeometry geometry, int ny, int nx, double pixelNm) {
        if (!(pixelNm > 0)) {
            throw new IllegalArgumentException("pixel size " + pixelNm + " nm is not positive");
        }
        return new TiltSeries(geometry, ny, nx, pixelNm, Blocks.allocate(geometry.count(), ny, nx));
    }

    /** Copies images of one size into a series, in the geometry's order. */
    public static TiltSeries of(TiltGeometry geometry, List<Image> images) {
        if (images.size() != geometry.count()) {
            throw new IllegalArgumentException(images.size() + " images, but " + geometry.count() + " tilts");
        }
        Image first = images.get(0);
        TiltSeries series = zeros(geometry, first.ny(), first.nx(), first.pixelNm());
        for (int t = 0; t < images.size(); t++) {
            series.setImage(t, images.get(t));
        }
        return series;
    }

    public TiltGeometry geometry() {
        return geometry;
    }

    public int tilts() {
        return geometry.count();
    }

    public int ny() {
        return ny;
    }

    public int nx() {
        return nx;
    }

    /** Edge of a pixel, nm. */
    public double pixelNm() {
        return pixelNm;
    }

    /** The series' own blocks, not a copy. */
    public float[][] blocks() {
        return blocks;
    }

    public float at(int tilt, int y, int x) {
        int b = y / Blocks.WIDTH;
        return blocks[b][(tilt * nx + x) * Blocks.width(ny, b) + y % Blocks.WIDTH];
    }

    public void set(int tilt, int y, int x, float value) {
        int b = y / Blocks.WIDTH;
        blocks[b][(tilt * nx + x) * Blocks.width(ny, b) + y % Blocks.WIDTH] = value;
    }

    /** A copy of one image. */
    public Image image(int tilt) {
        Image image = Image.zeros(ny, nx, pixelNm);
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                image.set(y, x, at(tilt, y, x));
            }
        }
        return image;
    }

    /** Copies an image in. */
    public void setImage(int tilt, Image image) {
        if (image.ny() != ny || image.nx() != nx) {
            throw new IllegalArgumentException("image " + tilt + " is " + image.ny() + " × " + image.nx()
                    + " pixels, expected ny × nx = " + ny + " × " + nx);
        }
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                set(tilt, y, x, image.at(y, x));
            }
        }
    }

    /** The same images seen in another geometry; shares the values. */
    public TiltSeries withGeometry(TiltGeometry other) {
        if (other.count() != geometry.count()) {
            throw new IllegalArgumentException(other.count() + " tilts for " + geometry.count() + " images");
        }
        return new TiltSeries(other, ny, nx, pixelNm, blocks);
    }

    /** A copy of some of the images, in the order given. */
    public TiltSeries select(int... indices) {
        List<Image> images = new ArrayList<>();
        for (int i : indices) {
            images.add(image(i));
        }
        return of(geometry.select(indices), images);
    }

    /** A copy with the tilts in ascending order. */
    public TiltSeries ascending() {
        return select(java.util.stream.IntStream.range(0, tilts())
                .boxed()
                .sorted(java.util.Comparator.comparingDouble(geometry::tiltDeg))
                .mapToInt(Integer::intValue)
                .toArray());
    }

    /** A copy. */
    public TiltSeries copy() {
        float[][] copies = Arrays.stream(blocks).map(float[]::clone).toArray(float[][]::new);
        return new TiltSeries(geometry, ny, nx, pixelNm, copies);
    }
}
