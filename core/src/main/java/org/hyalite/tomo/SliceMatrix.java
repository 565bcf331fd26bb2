package org.hyalite.tomo;

import org.hyalite.grid.TiltGeometry;
import org.hyalite.kernel.Slabs;

/**
 * What one slice (a y) of the volume casts on one line of every image: the same sparse matrix for all slices. Voxels
 * are squares of constant value, pixels integrate over their width: a voxel's shadow is a trapezoid, cut by the pixels'
 * edges. So each voxel's weights in an image add up to the voxel's edge wherever its shadow falls on the image, and
 * mass is conserved exactly. A slice may be wider than the images; its middle is theirs. Held twice: by voxel for the back projection, and by tile of {@link #TILE}² voxels, tilt
 * and ray for the forward projection, so that a tile's rows stay in the cache while all tilts look at them.
 */
final class SliceMatrix {
    static final int TILE = 16;

    final int nz;
    final int nx;
    final int columns;
    final int tilts;
    /** By voxel {@code z * nx + x}: rays {@code tilt * columns + column}, and weights in nm. */
    final int[] voxelStart;

    final int[] voxelRay;
    final float[] voxelWeight;
    /** By tile, tilt and ray: the segments of one tile and one tilt are {@code tileTilt[tile * tilts + tilt]} and on. */
    final int[] tileTilt;

    final int[] segmentRay;
    final int[] segmentStart;
    final int[] rayVoxel;
    final float[] rayWeight;
    /** Sums over voxels, by ray; sums over rays, by voxel: nm. */
    final float[] raySum;

    final float[] voxelSum;

    private SliceMatrix(TiltGeometry geometry, int nz, int nx, int columns, double pixelNm, Slabs slabs) {
        this.nz = nz;
        this.nx = nx;
        this.columns = columns;
        this.tilts = geometry.count();
        Shadow[] shadows = new Shadow[tilts];
        for (int t = 0; t < tilts; t++) {
            shadows[t] = new Shadow(geometry, t, nz, nx, columns);
        }
        voxelStart = new int[nz * nx + 1];
        slabs.run(nz, z -> {
            double[] weights = new double[4];
            for (int x = 0; x < nx; x++) {
                int count = 0;
                for (Shadow shadow : shadows) {
                    int first = shadow.cast(z, x, weights);
                    for (int i = 0; i < 4; i++) {
                        if (weights[i] > 0 && first + i >= 0 && first + i < columns) {
                            count++;
                        }
                    }
                }
                voxelStart[z * nx + x + 1] = count;
            }
        });
        long total = 0;
        for (int i = 1; i < voxelStart.length; i++) {
            total += voxelStart[i];
            if (total > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("the projection of " + nz + " × " + nx + " voxels at " + tilts
                        + " tilts has more than 2³¹ weights");
            }
            voxelStart[i] = (int) total;
        }
        voxelRay = new int[(int) total];
        voxelWeight = new float[(int) total];
        voxelSum = new float[nz * nx];
        slabs.run(nz, z -> {
            double[] weights = new double[4];
            for (int x = 0; x < nx; x++) {
                int k = voxelStart[z * nx + x];
                double sum = 0;
                for (int t = 0; t < tilts; t++) {
                    int first = shadows[t].cast(z, x, weights);
                    for (int i = 0; i < 4; i++) {
                        if (weights[i] > 0 && first + i >= 0 && first + i < columns) {
                            voxelRay[k] = t * columns + first + i;
                            voxelWeight[k++] = (float) (weights[i] * pixelNm);
                            sum += weights[i] * pixelNm;
                        }
                    }
                }
                voxelSum[z * nx + x] = (float) sum;
            }
        });
        int tilesX = (nx + TILE - 1) / TILE;
        int tiles = (nz + TILE - 1) / TILE * tilesX;
        int[] entryStart = new int[tiles + 1];
        int[] segmentsBefore = new int[tiles + 1];
        slabs.run(tiles, tile -> {
            boolean[] touched = new boolean[tilts * columns];
            int entries = 0;
            int segments = 0;
            for (int z = tile / tilesX * TILE; z < Math.min(nz, (tile / tilesX + 1) * TILE); z++) {
                for (int k = rowStart(z, tile % tilesX); k < rowEnd(z, tile % tilesX); k++) {
                    entries++;
                    if (!touched[voxelRay[k]]) {
                        touched[voxelRay[k]] = true;
                        segments++;
                    }
                }
            }
            entryStart[tile + 1] = entries;
            segmentsBefore[tile + 1] = segments;
        });
        for (int i = 0; i < tiles; i++) {
            entryStart[i + 1] += entryStart[i];
            segmentsBefore[i + 1] += segmentsBefore[i];
        }
        rayVoxel = new int[(int) total];
        rayWeight = new float[(int) total];
        segmentRay = new int[segmentsBefore[tiles]];
        segmentStart = new int[segmentsBefore[tiles] + 1];
        segmentStart[segmentsBefore[tiles]] = (int) total;
        tileTilt = new int[tiles * tilts + 1];
        tileTilt[tiles * tilts] = segmentsBefore[tiles];
        slabs.run(tiles, tile -> sortTile(tile, tilesX, entryStart[tile], segmentsBefore[tile]));
        raySum = new float[tilts * columns];
        double[] sums = new double[tilts * columns];
        for (int k = 0; k < voxelRay.length; k++) {
            sums[voxelRay[k]] += voxelWeight[k];
        }
        for (int i = 0; i < sums.length; i++) {
            raySum[i] = (float) sums[i];
        }
    }

    static SliceMatrix of(TiltGeometry geometry, int nz, int nx, int columns, double pixelNm, Slabs slabs) {
        return new SliceMatrix(geometry, nz, nx, columns, pixelNm, slabs);
    }

    /** Bytes that such a matrix takes, from above. */
    static long forecastBytes(int nz, int nx, int tilts) {
        // a shadow is √2 wide at most and so falls on 1 + √2 pixels on average; a tile's, on 1 + √2 · TILE
        double perTilt = 16 * 2.42 + 8 * (1 + 1.42 * TILE) / (TILE * TILE) + 4.0 / (TILE * TILE);
        return (long) (perTilt * nz * nx * tilts) + 8L * nz * nx + 12L * tilts * nx;
    }

    private int rowStart(int z, int tileX) {
        return voxelStart[z * nx + tileX * TILE];
    }

    private int rowEnd(int z, int tileX) {
        return voxelStart[z * nx + Math.min(nx, (tileX + 1) * TILE)];
    }

    private void sortTile(int tile, int tilesX, int entry, int segment) {
        int[] place = new int[tilts * columns];
        int z0 = tile / tilesX * TILE;
        int z1 = Math.min(nz, z0 + TILE);
        int tx = tile % tilesX;
        for (int z = z0; z < z1; z++) {
            for (int k = rowStart(z, tx); k < rowEnd(z, tx); k++) {
                place[voxelRay[k]]++;
            }
        }
        int at = entry;
        int s = segment;
        for (int t = 0; t < tilts; t++) {
            tileTilt[tile * tilts + t] = s;
            for (int ray = t * columns; ray < (t + 1) * columns; ray++) {
                if (place[ray] > 0) {
                    segmentRay[s] = ray;
                    segmentStart[s++] = at;
                    int count = place[ray];
                    place[ray] = at;
                    at += count;
                }
            }
        }
        for (int z = z0; z < z1; z++) {
            for (int x = tx * TILE; x < Math.min(nx, (tx + 1) * TILE); x++) {
                int voxel = z * nx + x;
                for (int k = voxelStart[voxel]; k < voxelStart[voxel + 1]; k++) {
                    int q = place[voxelRay[k]]++;
                    rayVoxel[q] = voxel;
                    rayWeight[q] = voxelWeight[k];
                }
            }
        }
    }

    /** The shadow of unit squares at one tilt. */
    private static final class Shadow {
        private final double cos;
        private final double sin;
        private final double axis;
        private final double axisZ;
        private final int beside;
        private final double shift;
        private final double inner;
        private final double outer;
        private final double height;

        Shadow(TiltGeometry geometry, int tilt, int nz, int nx, int columns) {
            double radians = Math.toRadians(geometry.tiltDeg(tilt));
            cos = Math.cos(radians);
            sin = Math.sin(radians);
            axis = (columns - 1) / 2.0 + geometry.axisOffsetPx();
            beside = (nx - columns) / 2;
            axisZ = (nz - 1) / 2.0;
            shift = geometry.shiftXPx(tilt);
            double wide = Math.max(Math.abs(cos), Math.abs(sin));
            double narrow = Math.min(Math.abs(cos), Math.abs(sin));
            outer = (wide + narrow) / 2;
            inner = (wide - narrow) / 2;
            height = 1 / wide;
        }

        /** Writes the shares that fall on up to four pixels, and returns the first's column. */
        int cast(int z, int x, double[] weights) {
            double centre = axis + (x - beside - axis) * cos - (z - axisZ) * sin - shift;
            int first = (int) Math.floor(centre - outer + 0.5 + 1e-9);
            double below = 0;
            for (int i = 0; i < 4; i++) {
                double upTo = share(first + i + 0.5 - centre);
                weights[i] = upTo - below > 1e-7 ? upTo - below : 0;
                below = upTo;
            }
            return first;
        }

        /** The share of the shadow left of {@code t}, from 0 to 1. */
        private double share(double t) {
            if (t <= -outer) {
                return 0;
            }
            if (t >= outer) {
                return 1;
            }
            double slope = outer - inner;
            if (Math.abs(t) <= inner || slope < 1e-12) {
                return 0.5 + Math.max(-0.5, Math.min(0.5, t * height));
            }
            double rest = outer - Math.abs(t);
            double tail = 0.5 * height * rest * rest / slope;
            return t < 0 ? tail : 1 - tail;
        }
    }
}
