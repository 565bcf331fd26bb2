package org.hyalite.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.io.mrc.MrcWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what the page shows as a section from being another one. */
class SectionTest {
    @TempDir
    Path folder;

    @Test
    void sectionsAreTheVolumes() throws IOException {
        Random random = new Random(7);
        try (ViewServer server = ViewServer.start(folder, 0)) {
            for (int i = 0; i < 6; i++) {
                // the last is larger than what is read in one piece
                int[] n = i == 5
                        ? new int[] {3, 70, 1100}
                        : new int[] {1 + random.nextInt(9), 1 + random.nextInt(70), 1 + random.nextInt(9)};
                Volume volume = Volume.zeros(n[0], n[1], n[2], 1.5);
                for (float[] block : volume.blocks()) {
                    for (int v = 0; v < block.length; v++) {
                        block[v] = random.nextFloat() - 0.5f;
                    }
                }
                MrcWriter.writeVolume(folder.resolve("v" + i + ".mrc"), volume);
                for (int axis = 0; axis < 3; axis++) {
                    holds(server, "v" + i + ".mrc", volume, n, axis, 0);
                    holds(server, "v" + i + ".mrc", volume, n, axis, random.nextInt(n[axis]));
                    holds(server, "v" + i + ".mrc", volume, n, axis, n[axis] - 1);
                }
            }
        }
    }

    private static void holds(ViewServer server, String file, Volume volume, int[] n, int axis, int index)
            throws IOException {
        String query = "api/section?file=" + file + "&axis=" + "zyx".charAt(axis) + "&index=" + index;
        Asked answer = Asked.get(server, query);
        int rows = axis == 0 ? n[1] : n[0];
        int columns = axis == 2 ? n[1] : n[2];
        String as = Arrays.toString(n) + " " + query;
        assertThat(answer.status()).as(as).isEqualTo(200);
        assertThat(answer.header("X-Rows")).as(as).isEqualTo("" + rows);
        assertThat(answer.header("X-Columns")).as(as).isEqualTo("" + columns);
        assertThat(answer.body()).as(as).hasSize(4 * rows * columns);
        ByteBuffer values = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                float should = switch (axis) {
                    case 0 -> volume.at(index, r, c);
                    case 1 -> volume.at(r, index, c);
                    default -> volume.at(r, c, index);
                };
                assertThat(values.getFloat()).as(as).isEqualTo(should);
            }
        }
    }

    @Test
    void theBodyIsLeftOutWhereOnlyItsSizeIsAskedFor() throws IOException {
        SmallResults.in(folder, 4, 5, 6, 1);
        try (ViewServer server = ViewServer.start(folder, 0)) {
            Asked head = Asked.of(
                    server, "HEAD", Asked.root(server) + "api/section?file=sample/density_Co.mrc&axis=y&index=1");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("X-Rows") + " " + head.header("X-Columns")).isEqualTo("4 6");
            assertThat(head.header("Content-Length")).isEqualTo("96");
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void imagesAreBroughtToTheAxis() throws IOException {
        SmallResults.in(folder, 4, 5, 6, 1);
        Image image = Image.zeros(5, 6, 2);
        for (int i = 0; i < 30; i++) {
            image.values()[i] = i + 1;
        }
        MrcWriter.writeSeries(
                folder.resolve("sample/counts_Co_Ka.mrc"),
                TiltSeries.of(TiltGeometry.of(-30, 0, 30), List.of(image, image, image)));
        String query = "api/section?aligned=true&file=sample/counts_Co_Ka.mrc&axis=z&index=";
        try (ViewServer server = ViewServer.start(folder, 0)) {
            assertThat(Asked.get(server, query + 0).error()).contains("alignment.csv");
            Files.writeString(
                    folder.resolve("sample/alignment.csv"),
                    "tilt_deg,shift_y_px,shift_x_px\n-30,0,0\n0,1,0\n30,0,-2\n");
            int[][] by = {{0, 0}, {1, 0}, {0, -2}}; // movements along y and x
            for (int t = 0; t < 3; t++) {
                Asked answer = Asked.get(server, query + t);
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                assertThat(answer.header("X-Rows") + " " + answer.header("X-Columns"))
                        .isEqualTo("5 6");
                ByteBuffer values = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
                for (int y = 0; y < 5; y++) {
                    for (int x = 0; x < 6; x++) {
                        int atY = y - by[t][0];
                        int atX = x - by[t][1];
                        boolean there = atY >= 0 && atY < 5 && atX >= 0 && atX < 6;
                        assertThat(values.getFloat())
                                .as("image %d, y %d, x %d", t, y, x)
                                .isEqualTo(there ? image.at(atY, atX) : 0);
                    }
                }
            }
            Files.writeString(folder.resolve("sample/alignment.csv"), "tilt_deg,shift_y_px,shift_x_px\n-30,0,0\n");
            assertThat(Asked.get(server, query + 2).error()).contains("30.0°", "alignment.csv");
            assertThat(Asked.get(server, query.replace("counts_Co_Ka", "density_Co") + 0)
                            .error())
                    .contains("no tilts");
            assertThat(Asked.get(server, query.replace("axis=z", "axis=y") + 0).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void damagedFilesAreToldInOneLine() throws IOException {
        SmallResults.in(folder, 4, 5, 6, 1);
        byte[] sound = Files.readAllBytes(folder.resolve("sample/density_Co.mrc"));
        Random random = new Random(3);
        try (ViewServer server = ViewServer.start(folder, 0)) {
            for (int length : new int[] {0, 1, 500, 1023, 1024, 1025, sound.length - 1}) {
                Files.write(folder.resolve("cut.mrc"), Arrays.copyOf(sound, length));
                Asked answer = Asked.get(server, "api/section?file=cut.mrc&axis=z&index=0");
                assertThat(answer.status()).as("cut at " + length).isEqualTo(422);
                assertThat(answer.error()).contains("cut.mrc").doesNotContain("Exception", "\n");
            }
            int refused = 0;
            for (int i = 0; i < 150; i++) {
                byte[] flipped = sound.clone();
                flipped[random.nextInt(224)] ^= (byte) (1 << random.nextInt(8));
                Files.write(folder.resolve("flipped.mrc"), flipped);
                int status = Asked.get(server, "api/section?file=flipped.mrc&axis=x&index=0")
                        .status();
                assertThat(status).isIn(200, 400, 422);
                refused += status == 200 ? 0 : 1;
            }
            assertThat(refused).isPositive();
            byte[] huge = Arrays.copyOf(sound, 1024);
            ByteBuffer header = ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN);
            header.putInt(0, 1 << 20).putInt(4, 1 << 20).putInt(8, 1 << 20);
            Files.write(folder.resolve("huge.mrc"), huge);
            assertThat(Asked.get(server, "api/section?file=huge.mrc&axis=z&index=0")
                            .error())
                    .contains("cut off");
        }
    }
}
