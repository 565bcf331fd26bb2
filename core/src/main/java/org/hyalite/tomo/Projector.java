package org.hyalite.tomo;

import java.util.Arrays;
import org.hyalite.grid.Blocks;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Kernels;
import org.hyalite.kernel.Slabs;

/**
 * Line integrals of a volume at every tilt of a series, parallel beam, tilt axis along y, and the exact adjoint. A
 * volume in atoms/nm³ gives images in atoms/nm²; each pixel is the mean over its width of the line integrals through
 * cubic voxels, so that Σ image · pixel area = Σ volume · voxel volume wherever the whole shadow falls on the image. What
 * falls beside the image is lost. Of a specimen that fills the field the volume may be wider than the images, so that what
 * stands beside the field at zero tilt and is seen at others has its place: see {@link #beside}.
 */
public final class Projector {
    /** Tilts beyond which a slab shows so much beside the field that no volume is made for it. */
    private static final double STEEPEST_COS = 1 / 3.0;

    private final TiltGeometry geometry;
    private final int nz;
    private final int ny;
    private final int nx;
    private final int columns;
    private final double pixelNm;
    private final SliceMatrix matrix;
    private final Slabs slabs;
    private final Kernels kernels;

    private Projector(
            TiltGeometry geometry,
            int nz,
            int ny,
            int nx,
            int columns,
            double pixelNm,
            SliceMatrix matrix,
            Slabs slabs,
            Kernels kernels) {
        this.geometry = geometry;
        this.nz = nz;
        this.ny = ny;
        this.nx = nx;
        this.columns = columns;
        this.pixelNm = pixelNm;
        this.matrix = matrix;
        this.slabs = slabs;
        this.kernels = kernels;
    }

    /** A projector that uses all cores. */
    public static Projector of(TiltGeometry geometry, int nz, int ny, int nx, double pixelNm) {
        return of(geometry, nz, ny, nx, pixelNm, Slabs.of(Runtime.getRuntime().availableProcessors()));
    }

    /**
     * A projector between volumes of {@code nz × ny × nx} cubic voxels and images of {@code ny × nx} pixels.
     *
     * @param pixelNm edge of a pixel and of a voxel, nm
     */
    public static Projector of(TiltGeometry geometry, int nz, int ny, int nx, double pixelNm, Slabs slabs) {
        return of(geometry, nz, ny, nx, pixelNm, slabs, Kernels.get());
    }

    static Projector of(TiltGeometry geometry, int nz, int ny, int nx, double pixelNm, Slabs slabs, Kernels kernels) {
        return of(geometry, nz, ny, nx, 0, pixelNm, slabs, kernels);
    }

    /**
     * A projector between volumes of {@code nz × ny × (columns + 2 beside)} cubic voxels and images of {@code ny × columns}
     * pixels: column {@code beside} of the volume is the images' first at zero tilt.
     *
     * @param beside columns of voxels on either side of the field
     */
    public static Projector of(
            TiltGeometry geometry, int nz, int ny, int columns, int beside, double pixelNm, Slabs slabs) {
        return of(geometry, nz, ny, columns, beside, pixelNm, slabs, Kernels.get());
    }

    private static Projector of(
            TiltGeometry geometry,
            int nz,
            int ny,
            int columns,
            int beside,
            double pixelNm,
            Slabs slabs,
            Kernels kernels) {
        if (beside < 0) {
            throw new IllegalArgumentException(beside + " columns beside the field, expected ≥ 0");
        }
        int nx = columns + 2 * beside;
        if (nz < 1 || ny < 1 || nx < 1) {
            throw new IllegalArgumentException("size " + nz + " × " + ny + " × " + nx + " has an empty axis");
        }
        if (!(pixelNm > 0) || Double.isInfinite(pixelNm)) {
            throw new IllegalArgumentException("pixel size " + pixelNm + " nm is not positive");
        }
        SliceMatrix matrix = SliceMatrix.of(geometry, nz, nx, columns, pixelNm, slabs);
        return new Projector(geometry, nz, ny, nx, columns, pixelNm, matrix, slabs, kernels);
    }

    /**
     * Columns of voxels on either side of a field of {@code columns} that some image shows, all of a volume of {@code nz}
     * planes: an even number, at most {@code columns}, and no more than images up to 70° ask for.
     */
    public static int beside(TiltGeometry geometry, int nz, int columns) {
        double most = 0;
        for (int t = 0; t < geometry.count(); t++) {
            double radians = Math.toRadians(geometry.tiltDeg(t));
            double cos = Math.abs(Math.cos(radians));
            double half = columns / 2.0 + Math.abs(geometry.shiftXPx(t)) + nz / 2.0 * Math.abs(Math.sin(radians));
            if (cos >= STEEPEST_COS) {
                double axis = Math.abs(geometry.axisOffsetPx());
                most = Math.max(most, (half + axis) / cos + axis - columns / 2.0);
            }
        }
        return (int) Math.min(columns / 2 * 2, 2 * Math.ceil(most / 2));
    }

    public TiltGeometry geometry() {
        return geometry;
    }

    public int nz() {
        return nz;
    }

    public int ny() {
        return ny;
    }

    /** Columns of the volume. */
    public int nx() {
        return nx;
    }

    /** Columns of the images. */
    public int columns() {
        return columns;
    }

    /** Columns of the volume on either side of the field. */
    public int beside() {
        return (nx - columns) / 2;
    }

    public double pixelNm() {
        return pixelNm;
    }

    Slabs slabs() {
        return slabs;
    }

    Kernels kernels() {
        return kernels;
    }

    SliceMatrix matrix() {
        return matrix;
    }

    /** The images of a volume, as a new series. */
    public TiltSeries forward(Volume volume) {
        TiltSeries images = TiltSeries.zeros(geometry, ny, columns, pixelNm);
        forward(volume, images);
        return images;
    }

    /** The images of a volume, written over {@code images}. */
    public void forward(Volume volume, TiltSeries images) {
        require(volume);
        require(images);
        int blocks = Blocks.count(ny);
        // every piece looks at all of a block, so there are no more pieces than keep the threads busy
        int parts = Math.min(geometry.count(), blocks >= 2 * slabs.threads() ? 1 : slabs.threads());
        slabs.run(blocks * parts, piece -> {
            int b = piece / parts;
            int part = piece % parts;
            int t0 = geometry.count() * part / parts;
            int t1 = geometry.count() * (part + 1) / parts;
            int width = Blocks.width(ny, b);
            float[] out = images.blocks()[b];
            Arrays.fill(out, t0 * columns * width, t1 * columns * width, 0f);
            int tilts = matrix.tilts;
            for (int tile = 0; tile < (matrix.tileTilt.length - 1) / tilts; tile++) {
                kernels.rows(
                        matrix.segmentStart,
                        matrix.segmentRay,
                        matrix.tileTilt[tile * tilts + t0],
                        matrix.tileTilt[tile * tilts + t1],
                        matrix.rayVoxel,
                        matrix.rayWeight,
                        volume.blocks()[b],
                        out,
                        width,
                        true);
            }
        });
    }

    /** The adjoint, as a new volume: each voxel's weighted sum over the pixels that see it. */
    public Volume back(TiltSeries images) {
        Volume volume = Volume.zeros(nz, ny, nx, pixelNm);
        back(images, volume);
        return volume;
    }

    /** The adjoint, written over {@code volume}. */
    public void back(TiltSeries images, Volume volume) {
        require(volume);
        require(images);
        int parts = (nz + 15) / 16;
        slabs.run(Blocks.count(ny) * parts, piece -> {
            int b = piece / parts;
            int z0 = nz * (piece % parts) / parts;
            int z1 = nz * (piece % parts + 1) / parts;
            kernels.rows(
                    matrix.voxelStart,
                    NO_TARGET,
                    z0 * nx,
                    z1 * nx,
                    matrix.voxelRay,
                    matrix.voxelWeight,
                    images.blocks()[b],
                    volume.blocks()[b],
                    Blocks.width(ny, b),
                    false);
        });
    }

    private static final int[] NO_TARGET = {};

    private void require(Volume volume) {
        if (volume.nz() != nz || volume.ny() != ny || volume.nx() != nx) {
            throw new IllegalArgumentException("volume of " + volume.nz() + " × " + volume.ny() + " × " + volume.nx()
                    + " voxels, expected nz × ny × nx = " + nz + " × " + ny + " × " + nx);
        }
    }

    private void require(TiltSeries images) {
        if (images.tilts() != geometry.count() || images.ny() != ny || images.nx() != columns) {
            throw new IllegalArgumentException(images.tilts() + " images of " + images.ny() + " × " + images.nx()
                    + " pixels, expected tilts × ny × nx = " + geometry.count() + " × " + ny + " × " + columns);
        }
    }
}
