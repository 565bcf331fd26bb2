package org.hyalite.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

/** Protects the decoders against frames that the codecs' own programs wrote, whole and damaged. */
class ZarrCodecTest {
    private record Frame(String name, int bytes, int count, byte[] packed) {
        ZarrCodec codec() {
            return ZarrCodec.of(name.split("-")[0]).orElseThrow();
        }

        byte[] numbers() {
            byte[] plain = new byte[bytes * count];
            for (int i = 0; i < count; i++) {
                int value = i % 13 * (i / 100);
                for (int b = 0; b < bytes; b++) {
                    plain[i * bytes + b] = (byte) (value >> 8 * b);
                }
            }
            return plain;
        }
    }

    private static List<Frame> frames() throws IOException {
        try (InputStream in = ZarrCodecTest.class.getResourceAsStream("frames.txt")) {
            String text = new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
            return text.lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(l -> l.split(" "))
                    .map(p -> new Frame(
                            p[0],
                            Integer.parseInt(p[1].substring(1)),
                            Integer.parseInt(p[2]),
                            Base64.getDecoder().decode(p[3])))
                    .toList();
        }
    }

    @Test
    void decodesWhatNumcodecsWrote() throws Exception {
        int read = 0;
        for (Frame frame : frames()) {
            byte[] out = new byte[frame.bytes * frame.count];
            if (frame.name.contains("blosclz")) {
                assertThat(Blosc.codec(frame.packed)).isEqualTo("blosclz");
                continue;
            }
            frame.codec().decode(frame.packed, out);
            assertThat(out).as("%s u%d", frame.name, frame.bytes).isEqualTo(frame.numbers());
            read++;
        }
        assertThat(read).isEqualTo(49);
    }

    @Test
    void damagedFramesAreRefusedAndNeverAnythingElse() throws Exception {
        Random random = new Random(7);
        for (Frame frame : frames()) {
            byte[] out = new byte[frame.bytes * frame.count];
            for (int trial = 0; trial < 200; trial++) {
                byte[] damaged = trial % 2 == 0
                        ? java.util.Arrays.copyOf(frame.packed, random.nextInt(frame.packed.length))
                        : frame.packed.clone();
                if (trial % 2 == 1) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                try {
                    frame.codec().decode(damaged, out);
                } catch (DataFormatException expected) {
                    assertThat(expected.getMessage()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void chunksOfAnotherLengthAreRefused() throws Exception {
        for (Frame frame : frames()) {
            for (int length : new int[] {frame.bytes * frame.count - 1, frame.bytes * frame.count + 1}) {
                assertThatThrownBy(() -> frame.codec().decode(frame.packed, new byte[length]))
                        .as(frame.name)
                        .isInstanceOf(DataFormatException.class);
            }
        }
    }
}
