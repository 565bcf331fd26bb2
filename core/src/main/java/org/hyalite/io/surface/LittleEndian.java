package org.hyalite.io.surface;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers on their way into a file, lowest byte first, gathered into larger writes. */
final class LittleEndian {
    private final OutputStream out;
    private final ByteBuffer gathered = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    LittleEndian(OutputStream out) {
        this.out = out;
    }

    void put(byte[] bytes) throws IOException {
        flush();
        out.write(bytes);
    }

    void put(byte value) throws IOException {
        room(Byte.BYTES).put(value);
    }

    void put(short value) throws IOException {
        room(Short.BYTES).putShort(value);
    }

    void put(int value) throws IOException {
        room(Integer.BYTES).putInt(value);
    }

    void put(float value) throws IOException {
        room(Float.BYTES).putFloat(value);
    }

    /** Three neighbouring components of an array. */
    void putVector(float[] vectors, int at) throws IOException {
        room(3 * Float.BYTES).putFloat(vectors[at]).putFloat(vectors[at + 1]).putFloat(vectors[at + 2]);
    }

    void flush() throws IOException {
        out.write(gathered.array(), 0, gathered.position());
        gathered.clear();
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (gathered.remaining() < bytes) {
            flush();
        }
        return gathered;
    }
}
