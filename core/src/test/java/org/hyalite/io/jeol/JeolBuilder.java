package org.hyalite.io.jeol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes small files of JEOL's Analysis Station, part by part, so that each part can be made wrong. */
final class JeolBuilder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] array() {
        return bytes.toByteArray();
    }

    JeolBuilder number(long value, int width) {
        for (int k = 0; k < width; k++) {
            bytes.write((int) (value >> 8 * k));
        }
        return this;
    }

    JeolBuilder u8(int value) {
        return number(value, 1);
    }

    JeolBuilder u16(int value) {
        return number(value, 2);
    }

    JeolBuilder u32(long value) {
        return number(value, 4);
    }

    JeolBuilder f64(double... values) {
        for (double value : values) {
            number(Double.doubleToLongBits(value), 8);
        }
        return this;
    }

    JeolBuilder f32(double value) {
        return u32(Float.floatToIntBits((float) value));
    }

    JeolBuilder text(String text, int width) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        bytes.write(raw, 0, raw.length);
        return zeros(width - raw.length);
    }

    JeolBuilder zeros(int count) {
        bytes.writeBytes(new byte[count]);
        return this;
    }

    JeolBuilder raw(byte[] raw) {
        bytes.writeBytes(raw);
        return this;
    }

    int size() {
        return bytes.size();
    }

    /** Opens a tag without a value. */
    JeolBuilder open(String name) {
        return tag(name, 0, new byte[0]);
    }

    JeolBuilder close() {
        return u8(0xff);
    }

    /** Opens a tag with a value. */
    JeolBuilder tag(String name, int type, byte[] value) {
        byte[] raw = name.getBytes(StandardCharsets.ISO_8859_1);
        return u8(1).u32(raw.length + 1)
                .raw(raw)
                .u8(0)
                .u32(type)
                .u32(value.length)
                .raw(value);
    }

    JeolBuilder leaf(String name, double value) {
        return tag(name, 5, new JeolBuilder().f64(value).array()).close();
    }

    JeolBuilder leafF32(String name, double value) {
        return tag(name, 4, new JeolBuilder().f32(value).array()).close();
    }

    JeolBuilder leaf(String name, String value) {
        return tag(name, 12, (value + "\0").getBytes(StandardCharsets.UTF_8)).close();
    }

    /** An image of bytes, {@code [y, x]}. */
    static byte[] image(String title, int ny, int nx, int type, byte[] bits) {
        JeolBuilder tags = new JeolBuilder().open("Instrument");
        tags.leafF32("AccV", 200)
                .tag("Mag", 3, new JeolBuilder().u32(50000).array())
                .close();
        tags.leafF32("ScanSize\u00de", 100).close();
        tags.open("Image").leaf("Title", title);
        tags.tag("Size", 8, new JeolBuilder().u32(nx).u32(ny).array()).close();
        tags.tag("Bits", type, bits).close().close().close();
        return new JeolBuilder()
                .u32(52)
                .text("JED-2200:LibJxImageForm", 32)
                .u32(64)
                .u32(0)
                .u32(80)
                .zeros(80 - 48)
                .zeros(12)
                .raw(tags.array())
                .array();
    }

    /** The words of whole sweeps: {@code photons[sweep][y][x]} are channels; lines without any are marked all the same. */
    static JeolBuilder sweeps(int[][][][] photons, int yStep, int xStep) {
        JeolBuilder words = new JeolBuilder();
        for (int[][][] sweep : photons) {
            for (int y = 0; y < sweep.length; y++) {
                words.u16(0x9000 | y * yStep);
                for (int x = 0; x < sweep[y].length; x++) {
                    if (sweep[y][x].length > 0) {
                        words.u16(0x8000 | x * xStep);
                    }
                    for (int channel : sweep[y][x]) {
                        words.u16(0xb000 | channel);
                    }
                    words.u16(x % 2 == 0 ? 0x6000 : 0x7000);
                }
            }
        }
        return words;
    }

    /** A map of these words. */
    static byte[] map(String pixels, List<Integer> area, byte[] words) {
        JeolBuilder tags = new JeolBuilder().open("PTTD Param").open("Params");
        tags.tag("PARAMPAGE0", 12, "SEM\0".getBytes(StandardCharsets.US_ASCII));
        tags.leafF32("ScanSize", 100).leafF32("MnKaRES", 138).leaf("DetT", "SDD");
        tags.leafF32("ElevAng", 22.3).leafF32("DirAng", 90).close();
        tags.tag("PARAMPAGE1", 12, "EDXRF\0".getBytes(StandardCharsets.US_ASCII))
                .open("Tpl")
                .open("T4");
        tags.tag("DigZ", 3, new JeolBuilder().u32(96).array())
                .close()
                .close()
                .close()
                .close();
        tags.close().close();
        tags.open("PTTD Data").open("AnalyzableMap MeasData").open("Doc");
        tags.leaf("CoefA", 0.01)
                .leaf("CoefB", -0.001)
                .leaf("LiveTime", 30)
                .leaf("RealTime", 40)
                .close();
        tags.open("Meas Cond").leaf("Pixels", pixels).leaf("Tpl", "T4");
        if (!area.isEmpty()) {
            JeolBuilder corners = new JeolBuilder();
            area.forEach(corners::u16);
            tags.tag("Aim Area", 7, corners.array()).close();
        }
        tags.close().open("MeasCond").leafF32("AccKV", 200).leafF32("AccNA", 0.5);
        tags.tag("Mag", 3, new JeolBuilder().u32(50000).array()).close().close();
        tags.close().close().close();
        int tagsAt = 300;
        int dataAt = tagsAt + 12 + tags.size() + 5;
        JeolBuilder head =
                new JeolBuilder().u32(304).text("PTTDFILE", 8).u32(0x20000).u32(1);
        head.u32(tagsAt).u32(12 + tags.size()).u32(dataAt).u32(words.length);
        return head.zeros(tagsAt - head.size())
                .zeros(12)
                .raw(tags.array())
                .zeros(5)
                .raw(words)
                .array();
    }

    /** A spectrum with one element and one line. */
    static byte[] spectrum(int[] counts, int settingsMark) {
        JeolBuilder out = new JeolBuilder().u32(2).zeros(258 - 4).f64(30, 35);
        out.zeros(362 - out.size()).f64(0.01, -0.002);
        out.zeros(454 - out.size()).u32(counts.length);
        for (int n : counts) {
            out.u32(n);
        }
        out.u32(4).u32(2).u16(1).u16(2).u32(1);
        out.u32(2)
                .u16(26)
                .zeros(8)
                .u16(622)
                .u16(658)
                .zeros(14)
                .f64(6.4, 0, 0, 0)
                .text("Fe K", 32)
                .u32(1)
                .u32(1);
        out.u32(1).f64(6.398).u16(26).u8(2).text("Fe", 2).u8(2).text("Ka", 2).u32(1);
        out.u32(1)
                .zeros(28)
                .u32(2)
                .u16(26)
                .zeros(8)
                .f64(6.4, 0, 1, 1, 1)
                .text("FeO", 16)
                .f64(0, 0, 0, 0, 0)
                .zeros(8)
                .f64(0);
        out.u32(settingsMark)
                .text("SDD", 16)
                .text("SEM", 16)
                .text("ED", 16)
                .f64(200, 0.5)
                .zeros(38)
                .f64(138);
        out.zeros(5 * 8 + 4 + 8 + 10 + 8).f64(90, 0, (float) 22.3).zeros(40);
        return out.array();
    }

    /** A project of one view with these files. */
    static byte[] project(double tilt, String... files) {
        JeolBuilder out = new JeolBuilder()
                .zeros(12)
                .open("SampleInfo")
                .open("0")
                .open("ViewInfo")
                .open("0");
        out.leafF32("Tilt", tilt).open("ViewData");
        for (int i = 0; i < files.length; i++) {
            out.open(Integer.toString(i)).leaf("Filename", files[i]).close();
        }
        return out.close().close().close().close().close().close().array();
    }
}
