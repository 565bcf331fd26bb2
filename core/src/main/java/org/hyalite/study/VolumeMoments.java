package org.hyalite.study;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.hyalite.grid.Volume;

/**
 * Mean and variance of volumes, voxel by voxel, as they come one after the other (Welford 1962, Technometrics 4, 419):
 * two volumes of memory however many there are.
 */
final class VolumeMoments {
    private final Volume mean;
    private final Volume squares;
    private int count;

    private VolumeMoments(Volume mean, Volume squares) {
        this.mean = mean;
        this.squares = squares;
    }

    /** Of nothing yet. */
    static VolumeMoments like(Volume volume) {
        return new VolumeMoments(zeros(volume), zeros(volume));
    }

    private static Volume zeros(Volume like) {
        return Volume.zeros(like.nz(), like.ny(), like.nx(), like.voxelNm());
    }

    /** Bytes that the moments of one volume take. */
    static long bytes(Volume volume) {
        return 2 * Float.BYTES * volume.size();
    }

    int count() {
        return count;
    }

    void add(Volume volume) {
        mean.requireSameGrid(volume);
        count++;
        for (int b = 0; b < mean.blocks().length; b++) {
            float[] m = mean.blocks()[b];
            float[] s = squares.blocks()[b];
            float[] v = volume.blocks()[b];
            for (int i = 0; i < m.length; i++) {
                double before = (double) v[i] - m[i];
                double now = m[i] + before / count;
                m[i] = (float) now;
                s[i] = (float) (s[i] + before * (v[i] - now));
            }
        }
    }

    /** The mean, a copy. */
    Volume mean() {
        return mean.copy();
    }

    /** The standard deviation of one such volume, {@code √(Σ (v − mean)² / (n − 1))}; zero of fewer than two. */
    Volume standardDeviation() {
        Volume sd = zeros(mean);
        for (int b = 0; b < sd.blocks().length && count > 1; b++) {
            float[] s = squares.blocks()[b];
            float[] out = sd.blocks()[b];
            for (int i = 0; i < out.length; i++) {
                out[i] = (float) Math.sqrt(Math.max(0, s[i]) / (count - 1.0));
            }
        }
        return sd;
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(count);
        for (Volume volume : List.of(mean, squares)) {
            for (float[] block : volume.blocks()) {
                ByteBuffer bytes = ByteBuffer.allocate(block.length * Float.BYTES);
                bytes.asFloatBuffer().put(block);
                out.write(bytes.array());
            }
        }
    }

    void readFrom(DataInputStream in) throws IOException {
        count = in.readInt();
        for (Volume volume : List.of(mean, squares)) {
            for (float[] block : volume.blocks()) {
                byte[] bytes = new byte[block.length * Float.BYTES];
                in.readFully(bytes);
                ByteBuffer.wrap(bytes).asFloatBuffer().get(block);
            }
        }
    }
}
