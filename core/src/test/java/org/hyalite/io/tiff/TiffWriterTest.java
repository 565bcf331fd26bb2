package org.hyalite.io.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.hyalite.grid.Image;
import org.hyalite.io.PythonReader;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects images on their way out: they come back whole, here, in ImageIO and in tifffile. */
class TiffWriterTest {
    @TempDir
    Path folder;

    private final Random random = new Random(31);

    /** @param kind 0 small whole numbers, 1 larger ones, 2 floats */
    private Signal signal(String name, int planes, int ny, int nx, double nm, boolean volume, int kind) {
        List<Image> images = new ArrayList<>();
        Statistics.Collector statistics = new Statistics.Collector();
        for (int p = 0; p < planes; p++) {
            Image image = Image.zeros(ny, nx, nm);
            for (int i = 0; i < ny * nx; i++) {
                float v = kind == 2 ? (float) random.nextGaussian() : random.nextInt(kind == 0 ? 256 : 65536);
                image.values()[i] = v;
                statistics.add(v);
            }
            images.add(image);
        }
        List<Axis> axes = new ArrayList<>();
        boolean known = nm > 0;
        if (planes > 1) {
            axes.add(volume && known ? new Axis("z", planes, nm, 0, "nm") : new Axis("tilt", planes, 10.5, -70, "deg"));
        }
        axes.add(new Axis("y", ny, known ? nm : 1, 0, known ? "nm" : ""));
        axes.add(new Axis("x", nx, known ? nm : 1, 0, known ? "nm" : ""));
        Acquisition about = Acquisition.nothing().with(Key.BEAM_ENERGY, 200, "t");
        if (planes > 1 && !volume) {
            List<Double> tilts = new ArrayList<>();
            for (int p = 0; p < planes; p++) {
                tilts.add(-70 + p * 10.5);
            }
            about = about.withNumbers(Key.TILTS, tilts, "t").withNames(Key.ELEMENTS, List.of("Co", "Zn"), "t");
        }
        Signal.Data data = planes == 1 ? new Signal.Picture(images.get(0)) : new Signal.Stack(images, volume);
        return new Signal(name, axes, statistics.get(), about, data);
    }

    @Test
    void anyImagesComeBackWhole() {
        for (int round = 0; round < 60; round++) {
            int planes = 1 + random.nextInt(4);
            boolean volume = planes > 1 && random.nextBoolean();
            double nm = volume || random.nextBoolean() ? Math.exp(random.nextGaussian() * 3) : Double.NaN;
            Signal before = signal(
                    round % 3 == 0 ? "" : "größe <&> \"µ\" " + round,
                    planes,
                    1 + random.nextInt(20),
                    1 + random.nextInt(20),
                    nm,
                    volume,
                    round % 3);
            Path file = folder.resolve(round % 2 == 0 ? "a.tif" : "a.ome.tiff");
            TiffWriter.write(file, before);
            Recording recording = TiffFile.format().read(file);
            assertThat(recording.warnings()).isEmpty();
            assertThat(recording.signals()).hasSize(1);
            Signal after = recording.signals().get(0);
            assertThat(after.name()).isEqualTo(before.name());
            assertThat(after.data().kind()).isEqualTo(before.data().kind());
            assertThat(after.statistics()).isEqualTo(before.statistics());
            for (int a = 0; a < before.axes().size(); a++) {
                Axis was = before.axes().get(a);
                Axis is = after.axes().get(a);
                assertThat(is.name()).isEqualTo(was.name());
                assertThat(is.unit()).isEqualTo(was.unit());
                assertThat(is.size()).isEqualTo(was.size());
                assertThat(is.scale()).isCloseTo(was.scale(), within(1e-8 * was.scale()));
            }
            List<Image> a = TiffWriter.images(before);
            List<Image> b = TiffWriter.images(after);
            for (int p = 0; p < planes; p++) {
                assertThat(b.get(p).values()).isEqualTo(a.get(p).values());
            }
            before.acquisition()
                    .known()
                    .forEach((key, value) -> assertThat(
                                    after.acquisition().known().get(key).value())
                            .isEqualTo(value.value()));
        }
    }

    @Test
    void channelsOfOneImageComeBackByName() {
        List<Signal> elements = List.of(
                signal("Co", 3, 4, 5, 2, true, 2), signal("Zn", 3, 4, 5, 2, true, 2), signal("O", 3, 4, 5, 2, true, 2));
        Path file = folder.resolve("volumes.ome.tif");
        TiffWriter.write(file, elements);
        Recording recording = TiffFile.format().read(file);
        assertThat(recording.signals()).extracting(Signal::name).containsExactly("Co", "Zn", "O");
        for (int c = 0; c < 3; c++) {
            for (int z = 0; z < 3; z++) {
                assertThat(TiffWriter.images(recording.signals().get(c)).get(z).values())
                        .isEqualTo(TiffWriter.images(elements.get(c)).get(z).values());
            }
        }
        assertThatThrownBy(() -> TiffWriter.write(folder.resolve("plain.tif"), elements))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".ome.tif");
        assertThatThrownBy(() -> TiffWriter.write(file, List.of(elements.get(0), signal("x", 2, 4, 5, 2, true, 2))))
                .hasMessageContaining("differ in shape");
    }

    @Test
    void nothingIsLeftOfAFileThatCannotBeWritten() {
        Signal signal = signal("a", 1, 2, 2, 1, false, 2);
        TiffWriter.images(signal).get(0).set(1, 1, Float.NaN);
        Path file = folder.resolve("nan.tif");
        assertThatThrownBy(() -> TiffWriter.write(file, signal)).hasMessageContaining("NaN", "row 1, column 1");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void imageIoReadsWhatIsWritten() throws IOException {
        for (int kind = 0; kind < 3; kind++) {
            Signal signal = signal("a", 2, 13, 17, 1.5, true, kind);
            Path file = folder.resolve("io.tif");
            TiffWriter.write(file, signal);
            ImageReader reader = ImageIO.getImageReadersByFormatName("TIFF").next();
            try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
                reader.setInput(in);
                assertThat(reader.getNumImages(true)).isEqualTo(2);
                for (int z = 0; z < 2; z++) {
                    Raster raster = reader.read(z).getRaster();
                    Image image = TiffWriter.images(signal).get(z);
                    for (int y = 0; y < 13; y++) {
                        for (int x = 0; x < 17; x++) {
                            assertThat(raster.getSampleFloat(x, y, 0)).isEqualTo(image.at(y, x));
                        }
                    }
                }
            }
            reader.dispose();
            Files.delete(file);
        }
    }

    @Test
    void tifffileReadsVolumesWithTheirSizes() {
        Signal volume = signal("Co", 3, 4, 5, 2.5, true, 2);
        Path file = folder.resolve("volume.tif");
        TiffWriter.write(file, volume);
        JsonNode seen = PythonReader.read(folder, "import tifffile", """
                with tifffile.TiffFile(path) as t:
                    s = t.series[0]
                    d = s.asarray()
                    m = t.imagej_metadata
                    r = t.pages[0].tags["XResolution"].value
                    out = [list(d.shape), s.axes, str(d.dtype), float(d[2, 3, 4]), m["unit"], m["spacing"], r[1] / r[0]]
                """, file);
        float last = TiffWriter.images(volume).get(2).at(3, 4);
        assertThat(seen.toString()).isEqualTo("[[3,4,5],\"ZYX\",\"float32\"," + (double) last + ",\"nm\",2.5,2.5]");
    }

    @Test
    void tifffileReadsOmeChannels() {
        Path file = folder.resolve("volumes.ome.tif");
        List<Signal> elements = List.of(signal("Co", 3, 4, 5, 2.5, true, 1), signal("Zn & O", 3, 4, 5, 2.5, true, 1));
        TiffWriter.write(file, elements);
        JsonNode seen = PythonReader.read(folder, "import tifffile", """
                from xml.etree import ElementTree
                with tifffile.TiffFile(path) as t:
                    s = t.series[0]
                    d = s.asarray()
                    x = ElementTree.fromstring(t.ome_metadata)
                    n = "{http://www.openmicroscopy.org/Schemas/OME/2016-06}"
                    p = x.find(n + "Image").find(n + "Pixels")
                    out = [t.is_ome, list(d.shape), s.axes, str(d.dtype), int(d[1, 2, 3, 4]), p.get("PhysicalSizeZ"),
                           p.get("PhysicalSizeXUnit"), [c.get("Name") for c in p.findall(n + "Channel")]]
                """, file);
        int last = (int) TiffWriter.images(elements.get(1)).get(2).at(3, 4);
        assertThat(seen.toString())
                .isEqualTo("[true,[2,3,4,5],\"CZYX\",\"uint16\"," + last + ",\"2.5\",\"nm\",[\"Co\",\"Zn & O\"]]");
    }
}
