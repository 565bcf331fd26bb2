package org.hyalite.io.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.hyalite.grid.Image;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects reading of TIFF files of every layout, and the refusal of damaged ones. */
class TiffFileTest {
    @TempDir
    Path folder;

    private final Random random = new Random(21);

    private static List<Image> images(Signal signal) {
        return signal.as(Signal.Stack.class)
                .map(Signal.Stack::images)
                .orElseGet(() ->
                        List.of(signal.as(Signal.Picture.class).orElseThrow().image()));
    }

    private double[][][] values(TiffBuilder builder, int ny, int nx) {
        double[][][] page = new double[ny][nx][builder.samples];
        for (double[][] row : page) {
            for (double[] pixel : row) {
                for (int s = 0; s < pixel.length; s++) {
                    pixel[s] = switch (builder.format) {
                        case 3 -> (float) random.nextGaussian();
                        case 2 -> random.nextInt(200) - 100;
                        default ->
                            random.nextInt(Math.min(1 << builder.bits, 1 << 20) & 0x1fffff
                                    | (builder.bits > 20 ? 1 << 20 : 0));
                    };
                }
            }
        }
        return page;
    }

    @Test
    void everyLayoutGivesTheSamePixels() throws IOException {
        int[][] kinds = {
            {1, 1}, {2, 1}, {4, 1}, {8, 1}, {16, 1}, {32, 1}, {64, 1}, {8, 2}, {16, 2}, {32, 2}, {64, 2}, {32, 3},
            {64, 3}
        };
        for (int round = 0; round < 150; round++) {
            TiffBuilder builder = new TiffBuilder();
            int[] kind = kinds[round % kinds.length];
            builder.bits = kind[0];
            builder.format = kind[1];
            builder.order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            builder.big = random.nextBoolean();
            builder.samples = random.nextInt(3) == 0 ? 3 : 1;
            builder.separate = builder.samples > 1 && random.nextBoolean();
            builder.tile = random.nextBoolean() ? 16 : 0;
            builder.rowsPerStrip = 1 + random.nextInt(6);
            builder.compression = new int[] {1, 8, 32773}[random.nextInt(3)];
            builder.predictor = random.nextBoolean() ? 1 : builder.format == 3 ? 3 : builder.bits >= 8 ? 2 : 1;
            int ny = 1 + random.nextInt(40);
            int nx = 1 + random.nextInt(40);
            int pages = 1 + random.nextInt(3);
            List<double[][][]> all = new ArrayList<>();
            for (int p = 0; p < pages; p++) {
                all.add(values(builder, ny, nx));
                builder.page(all.get(p));
            }
            Path file = Files.write(folder.resolve("any.tif"), builder.build());
            Recording recording = TiffFile.format().read(file);
            assertThat(recording.signals()).hasSize(builder.samples);
            for (int s = 0; s < builder.samples; s++) {
                List<Image> images = images(recording.signals().get(s));
                assertThat(images).hasSize(pages);
                double sum = 0;
                for (int p = 0; p < pages; p++) {
                    for (int y = 0; y < ny; y++) {
                        for (int x = 0; x < nx; x++) {
                            double v = all.get(p)[y][x][s];
                            sum += v;
                            assertThat(images.get(p).at(y, x))
                                    .as("round %d, (%d, %d, %d)", round, p, y, x)
                                    .isEqualTo((float) v);
                        }
                    }
                }
                assertThat(recording.signals().get(s).statistics().sum()).isCloseTo(sum, within(1e-9));
                assertThat(images.get(0).pixelNm()).isNaN();
            }
        }
    }

    /** LZW and the other compressions as the JDK's own encoder writes them. */
    @Test
    void whatImageIoWritesIsRead() throws IOException {
        for (String compression : List.of("LZW", "PackBits", "ZLib", "Deflate")) {
            for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
                BufferedImage image = new BufferedImage(131, 97, type);
                for (int y = 0; y < 97; y++) {
                    for (int x = 0; x < 131; x++) {
                        int v = x * y % 251 + (random.nextInt(4) == 0 ? random.nextInt(5) : 0);
                        image.getRaster().setSample(x, y, 0, v);
                    }
                }
                Path file = folder.resolve("jdk.tif");
                ImageWriter writer = ImageIO.getImageWritersByFormatName("TIFF").next();
                try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
                    writer.setOutput(out);
                    ImageWriteParam how = writer.getDefaultWriteParam();
                    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                    how.setCompressionType(compression);
                    writer.write(null, new IIOImage(image, null, null), how);
                }
                writer.dispose();
                Image read =
                        images(TiffFile.format().read(file).signals().get(0)).get(0);
                for (int y = 0; y < 97; y++) {
                    for (int x = 0; x < 131; x++) {
                        assertThat(read.at(y, x))
                                .as(compression)
                                .isEqualTo(image.getRaster().getSample(x, y, 0));
                    }
                }
                Files.delete(file);
            }
        }
    }

    @Test
    void hyperstacksOfImageJ() throws IOException {
        TiffBuilder builder = new TiffBuilder();
        builder.description =
                "ImageJ=1.53t\nimages=6\nchannels=2\nslices=3\nhyperstack=true\nunit=\\u00B5m\nspacing=0.5\n";
        for (int p = 0; p < 6; p++) {
            builder.page(new double[][][] {{{p}, {10 + p}}});
        }
        Recording recording = TiffFile.format().read(Files.write(folder.resolve("ij.tif"), builder.build()));
        assertThat(recording.signals()).hasSize(2);
        for (int c = 0; c < 2; c++) {
            Signal signal = recording.signals().get(c);
            Signal.Stack stack = signal.as(Signal.Stack.class).orElseThrow();
            assertThat(stack.volume()).isTrue();
            assertThat(signal.axes().get(0).scale()).isEqualTo(500);
            assertThat(signal.name()).isEqualTo("channel " + (c + 1));
            for (int z = 0; z < 3; z++) {
                assertThat(stack.images().get(z).values()).containsExactly(2 * z + c, 10 + 2 * z + c);
            }
        }
        builder.description = "ImageJ=1.53t\nimages=6\nchannels=4\n";
        refused(builder.build(), "ImageJ's description", "4 channels");
        builder.description = "ImageJ=1.53t\nimages=9999999\n";
        refused(builder.build(), "9999999 images");
    }

    @Test
    void oneDirectoryMayStandForAWholeLargeStack() throws IOException {
        TiffBuilder builder = new TiffBuilder();
        builder.rowsPerStrip = 6;
        builder.description = "ImageJ=1.53t\nimages=3\nslices=3\n";
        builder.page(new double[][][] {{{1}}, {{2}}, {{3}}, {{4}}, {{5}}, {{6}}});
        byte[] file = builder.build();
        int length = file.length; // the height of 6 becomes 2: two more planes lie behind the first
        for (int at = 8; at < length - 12; at++) {
            boolean height =
                    file[at] == 1 && file[at + 1] == 1 && file[at + 2] == 4 && file[at + 4] == 1 && file[at + 8] == 6;
            if (height) {
                file[at + 8] = 2;
            }
        }
        Signal signal = TiffFile.format()
                .read(Files.write(folder.resolve("large.tif"), file))
                .signals()
                .get(0);
        assertThat(images(signal)).hasSize(3);
        assertThat(images(signal).get(2).values()).containsExactly(5, 6);
    }

    @Test
    void omeImagesFollowTheirOrderAndTiffData() throws IOException {
        TiffBuilder builder = new TiffBuilder();
        builder.description = "<?xml version=\"1.0\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\">"
                + "<Image ID=\"Image:0\" Name=\"i\"><Pixels DimensionOrder=\"XYCZT\" SizeX=\"2\" SizeY=\"1\" SizeZ=\"2\""
                + " SizeC=\"2\" SizeT=\"1\" Type=\"uint16\" PhysicalSizeX=\"0.002\" PhysicalSizeY=\"0.002\""
                + " PhysicalSizeZ=\"20\" PhysicalSizeZUnit=\"Å\"><Channel Name=\"Co\"/><Channel Name=\"Zn\"/>"
                + "<TiffData IFD=\"2\" FirstZ=\"1\" PlaneCount=\"2\"/><TiffData IFD=\"0\" PlaneCount=\"2\"/>"
                + "</Pixels></Image></OME>";
        for (int p = 0; p < 4; p++) {
            builder.page(new double[][][] {{{p}, {p}}});
        }
        Recording recording = TiffFile.format().read(Files.write(folder.resolve("a.ome.tif"), builder.build()));
        assertThat(recording.signals()).extracting(Signal::name).containsExactly("Co", "Zn");
        Signal zinc = recording.signals().get(1);
        assertThat(images(zinc).get(0).at(0, 0)).isEqualTo(1);
        assertThat(images(zinc).get(1).at(0, 0)).isEqualTo(3);
        assertThat(images(zinc).get(0).pixelNm()).isCloseTo(2, within(1e-12));
        assertThat(zinc.axes().get(0).scale()).isCloseTo(2, within(1e-12));
        String whole = builder.description;
        builder.description = whole.replace("SizeC=\"2\"", "SizeC=\"200000000\"");
        refused(builder.build(), "OME-XML", "200000000", "4 pages");
        builder.description = whole.replace("IFD=\"2\"", "IFD=\"3\"");
        refused(builder.build(), "TiffData");
        builder.description = whole.replace("<TiffData IFD=\"0\" PlaneCount=\"2\"/>", "");
        refused(builder.build(), "no page for some");
        builder.description = whole.replace("</Image>", "");
        refused(builder.build(), "OME-XML", "broken");
    }

    /** An entity that names a file, or grows without end, stays what it is: refused, unread. */
    @Test
    void entitiesAreNotFollowed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "the secret");
        TiffBuilder builder = new TiffBuilder();
        builder.page(new double[][][] {{{1}}});
        for (String entity : List.of(
                "<!DOCTYPE OME [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>",
                "<!DOCTYPE OME [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY e \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>")) {
            builder.description = entity + "<OME><Image Name=\"i\"><Pixels DimensionOrder=\"XYCZT\" SizeX=\"1\""
                    + " SizeY=\"1\" SizeZ=\"1\" SizeC=\"1\" SizeT=\"1\"><Channel Name=\"x\"/></Pixels></Image>"
                    + "<StructuredAnnotations><M K=\"elements\">&e;</M></StructuredAnnotations></OME>";
            Path file = Files.write(folder.resolve("e.ome.tif"), builder.build());
            try {
                assertThat(TiffFile.format().read(file).signals().toString()).doesNotContain("secret", "aaaa");
            } catch (MicroscopeFileException e) {
                assertThat(e.getMessage()).contains("OME-XML").doesNotContain("the secret");
            }
        }
    }

    @Test
    void brokenDirectoriesAreRefused() throws IOException {
        TiffBuilder builder = new TiffBuilder().page(new double[][][] {{{1}, {2}}});
        byte[] file = builder.build();
        byte[] cycle = file.clone();
        int first =
                java.nio.ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
        int entries = file[first];
        int next = first + 2 + 12 * entries;
        java.nio.ByteBuffer.wrap(cycle).order(ByteOrder.LITTLE_ENDIAN).putInt(next, first);
        refused(cycle, "comes back");
        java.nio.ByteBuffer.wrap(cycle).order(ByteOrder.LITTLE_ENDIAN).putInt(next, 0x7ffffff0);
        refused(cycle, "byte 2147483632");
        java.nio.ByteBuffer.wrap(cycle).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 0);
        refused(cycle, "no directory");
        refused("no image".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "neither II nor MM");
        builder.compression = 1;
        builder.bits = 24;
        builder.format = 1;
        refused(with(file, Tag.BITS, 12), "12 bits");
        refused(with(file, Tag.COMPRESSION, 7), "JPEG");
        refused(with(file, Tag.WIDTH, 0), "ImageWidth is 0");
        refused(with(file, Tag.WIDTH, 0x7fffffff), "any.tif");
        refused(with(file, Tag.LENGTH, 0x7fffffff), "any.tif");
        TiffBuilder bomb = new TiffBuilder().page(new double[][][] {{{1}, {2}}});
        bomb.compression = 8;
        refused(with(with(bomb.build(), Tag.WIDTH, 40000), Tag.LENGTH, 40000), "cannot come from");
    }

    /** The first value of a tag of a small little-endian file, replaced. */
    private static byte[] with(byte[] file, int tag, int value) {
        byte[] changed = file.clone();
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        int first = bytes.getInt(4);
        for (int e = first + 2; e < first + 2 + 12 * bytes.getShort(first); e += 12) {
            if (bytes.getShort(e) == (short) tag) {
                bytes.putInt(e + 8, value);
            }
        }
        assertThat(changed).isNotEqualTo(file);
        return changed;
    }

    private void refused(byte[] bytes, String... words) throws IOException {
        Path file = Files.write(folder.resolve("any.tif"), bytes);
        assertThatThrownBy(() -> TiffFile.format().read(file))
                .isInstanceOf(MicroscopeFileException.class)
                .message()
                .contains(file.toString())
                .contains(words)
                .doesNotContain("\n");
    }

    @Test
    void damagedFilesAreReadOrRefusedByName() throws IOException {
        for (int kind = 0; kind < 3; kind++) {
            TiffBuilder builder = new TiffBuilder();
            builder.big = kind == 1;
            builder.compression = kind == 0 ? 1 : 8;
            builder.tile = kind == 2 ? 16 : 0;
            builder.description = kind == 0 ? "ImageJ=1.53t\nimages=2\nslices=2\nunit=nm\n" : "";
            builder.page(values(builder, 7, 9)).page(values(builder, 7, 9));
            byte[] whole = builder.build();
            Path file = folder.resolve("hurt.tif");
            for (int cut = 0; cut < whole.length - 1; cut += 1 + cut / 40) {
                Files.write(file, Arrays.copyOf(whole, cut));
                assertThatThrownBy(() -> TiffFile.format().read(file)).isInstanceOf(MicroscopeFileException.class);
            }
            for (int i = 0; i < 700; i++) {
                byte[] damaged = whole.clone();
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, damaged);
                try {
                    assertThat(TiffFile.format().read(file).signals()).isNotEmpty();
                } catch (MicroscopeFileException e) {
                    assertThat(e.getMessage())
                            .contains(file.toString())
                            .doesNotContain("\n", "they cannot be read", "more memory than there is");
                }
            }
        }
    }
}
