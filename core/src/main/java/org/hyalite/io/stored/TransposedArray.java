package org.hyalite.io.stored;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An array with its axes in another order; each chunk is rearranged as it is read. */
public final class TransposedArray implements StoredArray {
    private final StoredArray array;
    private final int[] order;
    private final int[] shape;
    private final int[] chunks;

    private TransposedArray(StoredArray array, int[] order) {
        this.array = array;
        this.order = order;
        this.shape = picked(array.shape());
        this.chunks = picked(array.chunks());
    }

    /**
     * An array whose axis {@code a} is axis {@code order[a]} of another.
     *
     * @throws IllegalArgumentException if {@code order} does not name every axis once
     */
    public static StoredArray of(StoredArray array, int... order) {
        List<Integer> axes = new ArrayList<>();
        boolean same = order.length == array.shape().length;
        for (int a = 0; a < order.length; a++) {
            if (order[a] < 0 || order[a] >= array.shape().length || axes.contains(order[a])) {
                throw new IllegalArgumentException("axis " + order[a] + " in an order of " + order.length + " axes");
            }
            axes.add(order[a]);
            same &= order[a] == a;
        }
        if (order.length != array.shape().length) {
            throw new IllegalArgumentException(order.length + " axes, expected " + array.shape().length);
        }
        return same ? array : new TransposedArray(array, order.clone());
    }

    private int[] picked(int[] from) {
        int[] to = new int[order.length];
        for (int a = 0; a < to.length; a++) {
            to[a] = from[order[a]];
        }
        return to;
    }

    @Override
    public String place() {
        return array.place();
    }

    @Override
    public int[] shape() {
        return shape;
    }

    @Override
    public int[] chunks() {
        return chunks;
    }

    @Override
    public StoredNumber number() {
        return array.number();
    }

    @Override
    public long storedBytes() {
        return array.storedBytes();
    }

    @Override
    public int absentChunks() {
        return array.absentChunks();
    }

    @Override
    public ByteBuffer chunk(int[] index) {
        int[] original = new int[index.length];
        for (int a = 0; a < index.length; a++) {
            original[order[a]] = index[a];
        }
        ByteBuffer from = array.chunk(original);
        return keepsOrder() ? from : rearranged(from);
    }

    /** Whether the axes along which a chunk has more than one value stay in their order. */
    private boolean keepsOrder() {
        int last = -1;
        for (int a = 0; a < order.length; a++) {
            if (chunks[a] > 1) {
                if (order[a] < last) {
                    return false;
                }
                last = order[a];
            }
        }
        return true;
    }

    private ByteBuffer rearranged(ByteBuffer from) {
        int rank = order.length;
        int[] size = array.chunks();
        long[] original = new long[rank];
        long values = 1;
        for (int a = rank - 1; a >= 0; a--) {
            original[a] = values;
            values *= size[a];
        }
        long[] step = new long[rank];
        for (int a = 0; a < rank; a++) {
            step[a] = original[order[a]];
        }
        int bytes = array.number().bytes();
        ByteBuffer to = ByteBuffer.allocate(Math.toIntExact(values * bytes));
        int[] at = new int[rank];
        long source = 0;
        for (int i = 0; i < values; i++) {
            for (int b = 0; b < bytes; b++) {
                to.put(i * bytes + b, from.get((int) (source * bytes) + b));
            }
            for (int a = rank - 1; a >= 0; a--) {
                source += step[a];
                if (++at[a] < chunks[a]) {
                    break;
                }
                source -= step[a] * chunks[a];
                at[a] = 0;
            }
        }
        return to;
    }
}
