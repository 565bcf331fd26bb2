package org.hyalite.io.tia;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes small {@code .ser} and {@code .emi} files, part by part, so that each part can be made wrong. */
final class SerBuilder {
    static final int SPECTRA = 0x4120;
    static final int IMAGES = 0x4122;

    int version = 0x0210;
    int type = SPECTRA;
    boolean places = true;
    int recorded = -1;
    int kindCode = 2;
    /** Sizes of the scan, fastest first, with steps of 2e-9 along x and −2e-9 along y. */
    int[] scan = {1};

    String scanUnit = "meters";
    /** Values of an element along x and, for images, y. */
    int nx = 4;

    int ny = 1;
    double step = 10;
    /** Value of x at index {@code zeroAt}. */
    double zero = -200;

    int zeroAt = 0;
    /** Values, element by element. */
    double[] values = {};

    byte[] build() {
        ByteBuffer b = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        int total = 1;
        for (int size : scan) {
            total *= size;
        }
        int valid = recorded < 0 ? total : recorded;
        boolean wide = version >= 0x0220;
        b.putShort((short) 0x4949).putShort((short) 0x0197).putShort((short) version);
        b.putInt(type).putInt(places ? 0x4142 : 0x4152).putInt(total).putInt(valid);
        int offsetAt = b.position();
        offset(b, wide, 0);
        b.putInt(scan.length);
        for (int d = 0; d < scan.length; d++) {
            b.putInt(scan[d]).putDouble(0).putDouble(d == 1 ? -2e-9 : 2e-9).putInt(0);
            text(b, "Position");
            text(b, scanUnit);
        }
        int list = b.position();
        b.position(list + 2 * total * (wide ? 8 : 4));
        long[] offsets = new long[2 * total];
        SerNumber kind = SerNumber.of(kindCode).orElse(SerNumber.FLOAT_64);
        int perElement = nx * ny;
        for (int e = 0; e < valid; e++) {
            offsets[e] = b.position();
            b.putDouble(zero).putDouble(step).putInt(zeroAt);
            if (type == IMAGES) {
                b.putDouble(zero).putDouble(step).putInt(zeroAt);
            }
            b.putShort((short) kindCode).putInt(nx);
            if (type == IMAGES) {
                b.putInt(ny);
            }
            for (int i = 0; i < perElement; i++) {
                put(b, kind, values[e * perElement + i]);
            }
            offsets[total + e] = b.position();
            b.putShort((short) (places ? 0x4142 : 0x4152)).putShort((short) 0).putInt(1456138587);
            if (places) {
                b.putDouble(0).putDouble(0);
            }
        }
        int end = b.position();
        b.position(list);
        for (long offset : offsets) {
            offset(b, wide, offset);
        }
        b.position(offsetAt);
        offset(b, wide, list);
        byte[] file = new byte[end];
        b.get(0, file);
        return file;
    }

    private static void offset(ByteBuffer b, boolean wide, long value) {
        if (wide) {
            b.putLong(value);
        } else {
            b.putInt((int) value);
        }
    }

    private static void text(ByteBuffer b, String text) {
        b.putInt(text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void put(ByteBuffer b, SerNumber kind, double value) {
        switch (kind) {
            case UINT_8, INT_8 -> b.put((byte) (int) value);
            case UINT_16, INT_16 -> b.putShort((short) (int) value);
            case UINT_32, INT_32 -> b.putInt((int) (long) value);
            case FLOAT_32 -> b.putFloat((float) value);
            case FLOAT_64 -> b.putDouble(value);
        }
    }

    /** An {@code .emi} file that describes its first series by this XML, as a detector of this name. */
    static byte[] emi(String name, String acquireInfo) {
        return emi(1, name, acquireInfo);
    }

    static byte[] emi(int series, String name, String acquireInfo) {
        ByteBuffer b = ByteBuffer.allocate(1 << 14).order(ByteOrder.LITTLE_ENDIAN);
        b.put((byte) 'J').put((byte) 'K').put(new byte[30]);
        text(b, "Acquire " + name + " Scanning Display1");
        b.put(new byte[16]);
        text(b, "Acquire " + name);
        b.put(new byte[200]);
        text(b, "C:\\data\\elsewhere_" + series + ".ser");
        b.put(new byte[14]);
        String xml = "<ObjectInfo><ExperimentalConditions><MicroscopeConditions>"
                + "<AcceleratingVoltage>80000</AcceleratingVoltage></MicroscopeConditions></ExperimentalConditions>"
                + "<ExperimentalDescription><Root>"
                + "<Data><Label>Mode</Label><Value> STEM nP SA Zoom Diffraction</Value><Unit></Unit></Data>"
                + "<Data><Label>Stage A</Label><Value>-35.20</Value><Unit>deg</Unit></Data>"
                + "</Root></ExperimentalDescription><AcquireInfo>" + acquireInfo + "</AcquireInfo></ObjectInfo>";
        b.put(xml.getBytes(StandardCharsets.US_ASCII)).put(new byte[20]);
        byte[] file = new byte[b.position()];
        b.get(0, file);
        return file;
    }
}
