package org.hyalite.io.mrc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the reading of what other programs write: modes, byte orders, angle files, and their contradictions. */
class MrcFileTest {
    @TempDir
    Path folder;

    /** A file of 2 images of 1 × 2 pixels. */
    private Path file(String name, ByteOrder order, int mode, int bytes, long... pixels) throws Exception {
        ByteBuffer b = ByteBuffer.allocate(1024 + bytes * pixels.length).order(order);
        b.putInt(0, 2).putInt(4, 1).putInt(8, 2).putInt(12, mode);
        b.putInt(28, 2).putInt(32, 1).putInt(36, 1).putFloat(40, 30f).putFloat(44, 15f);
        b.putInt(64, 1).putInt(68, 2).putInt(72, 3);
        b.put(208, new byte[] {'M', 'A', 'P', ' '});
        byte stamp = (byte) (order == ByteOrder.BIG_ENDIAN ? 0x11 : 0x44);
        b.put(212, stamp).put(213, stamp);
        for (int i = 0; i < pixels.length; i++) {
            int at = 1024 + i * bytes;
            switch (bytes) {
                case 1 -> b.put(at, (byte) pixels[i]);
                case 2 -> b.putShort(at, (short) pixels[i]);
                default -> b.putInt(at, (int) pixels[i]);
            }
        }
        return Files.write(folder.resolve(name), b.array());
    }

    private static Signal signal(Path file) {
        return MrcFile.format().read(file).signals().get(0);
    }

    private static float[] pixels(Path file) {
        List<org.hyalite.grid.Image> images =
                signal(file).as(Signal.Stack.class).orElseThrow().images();
        return new float[] {
            images.get(0).at(0, 0),
            images.get(0).at(0, 1),
            images.get(1).at(0, 0),
            images.get(1).at(0, 1)
        };
    }

    @Test
    void everyModeInBothByteOrders() throws Exception {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            assertThat(pixels(file("a.mrc", order, 0, 1, 1, -2, 127, -128))).containsExactly(1, -2, 127, -128);
            assertThat(pixels(file("a.mrc", order, 1, 2, 1, -2, 32767, -32768))).containsExactly(1, -2, 32767, -32768);
            assertThat(pixels(file("a.mrc", order, 6, 2, 1, 2, 65535, 32768))).containsExactly(1, 2, 65535, 32768);
            assertThat(pixels(file("a.mrc", order, 12, 2, 0x3c00, 0xc000, 0x0001, 0x7bff)))
                    .containsExactly(1f, -2f, 0x1p-24f, 65504f);
            long half = Float.floatToIntBits(0.5f);
            assertThat(pixels(file("a.mrc", order, 2, 4, half, 0, half, 0))).containsExactly(0.5f, 0, 0.5f, 0);
        }
    }

    @Test
    void aWrongMachineStampIsSeenThrough() throws Exception {
        Path file = file("a.mrc", ByteOrder.BIG_ENDIAN, 1, 2, 1, 2, 3, 4);
        byte[] bytes = Files.readAllBytes(file);
        bytes[212] = 0x44;
        Files.write(file, bytes);
        assertThat(pixels(file)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void anglesBesideMakeASeriesAndTheFirstFileIsBelieved() throws Exception {
        Path file = file("b.st", ByteOrder.LITTLE_ENDIAN, 1, 2, 1, 2, 3, 4);
        assertThat(signal(file).acquisition().numbers(Key.TILTS)).isEmpty();
        Files.writeString(
                folder.resolve("b.st.mdoc"),
                "PixelSpacing = 15\n\n[ZValue = 1]\nTiltAngle = 3.5\n[ZValue = 0]\nTiltAngle = -3.5\n");
        assertThat(signal(file).acquisition().numbers(Key.TILTS)).contains(List.of(-3.5, 3.5));
        Files.writeString(folder.resolve("b.tlt"), "  -4.0\n   4.0\n");
        Recording both = MrcFile.format().read(file);
        assertThat(both.signals().get(0).acquisition().numbers(Key.TILTS)).contains(List.of(-4.0, 4.0));
        assertThat(both.warnings()).anyMatch(w -> w.contains("b.tlt") && w.contains("b.st.mdoc"));
        assertThat(both.signals().get(0).acquisition().source(Key.TILTS)).contains("b.tlt");
    }

    @Test
    void anotherNumberOfAnglesIsRefusedNamingBoth() throws Exception {
        Path file = file("c.mrc", ByteOrder.LITTLE_ENDIAN, 1, 2, 1, 2, 3, 4);
        Files.writeString(folder.resolve("c.rawtlt"), "-5\n0\n5\n");
        assertThatThrownBy(() -> MrcFile.format().read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("c.mrc")
                .hasMessageContaining("2 images")
                .hasMessageContaining("c.rawtlt")
                .hasMessageContaining("3 angles");
        Files.writeString(folder.resolve("c.rawtlt"), "-5\nfive\n");
        assertThatThrownBy(() -> MrcFile.format().read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("c.rawtlt, line 2: 'five' is not an angle");
    }

    @Test
    void whatIsNotReadSaysSo() throws Exception {
        Path complex = file("d.mrc", ByteOrder.LITTLE_ENDIAN, 4, 4, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThatThrownBy(() -> MrcFile.format().read(complex))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("mode 4");
    }

    @Test
    void aReconstructionIsAVolumeThoughItsSeriesHasAngles() throws Exception {
        Path file = file("e.rec", ByteOrder.LITTLE_ENDIAN, 1, 2, 1, 2, 3, 4);
        Files.writeString(folder.resolve("e.rawtlt"), "1\n2\n3\n");
        assertThat(signal(file).data().kind()).isEqualTo("volume");
    }
}
