package org.hyalite.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The values HyperSpy 1.7.3 read from the real files ({@code reference-values.jsonl} beside them), and their comparison
 * with what is read here: shapes, sums, extremes and their places, sums of boxes and channels exactly, axes to 1e-6.
 */
public final class ReferenceSignals {
    private static final double AXES_TO = 1e-6;

    private ReferenceSignals() {}

    /** The folder of real files; the test is skipped where it is absent. */
    public static Path folder() {
        String folder = System.getProperty("hyalite.data", "");
        assumeTrue(
                !folder.isEmpty() && Files.isRegularFile(Path.of(folder, "reference-values.jsonl")),
                "the real files are absent: set the property hyalite.data to their folder");
        return Path.of(folder);
    }

    /** HyperSpy's signals of a file. */
    public static List<JsonNode> of(String file) {
        try {
            for (String line : Files.readAllLines(folder().resolve("reference-values.jsonl"))) {
                JsonNode entry = JsonMapper.shared().readTree(line);
                if (entry.path("path").asString().equals(file)) {
                    List<JsonNode> signals = new ArrayList<>();
                    entry.path("hyperspy_1_7_3").forEach(signals::add);
                    assertThat(signals).as("reference values of %s", file).isNotEmpty();
                    return signals;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("no reference values of " + file);
    }

    /** Compares a recording with the reference, signal by signal, all but the metadata. */
    public static void assertAgrees(Recording recording, List<JsonNode> reference) {
        assertThat(recording.signals()).as("signals of %s", recording.file()).hasSameSizeAs(reference);
        for (int i = 0; i < reference.size(); i++) {
            Signal signal = recording.signals().get(i);
            JsonNode expected = reference.get(i);
            assertThat(signal.name()).isEqualTo(expected.path("title").asString());
            assertAxes(signal, expected.path("axes"));
            JsonNode stats = expected.path("stats");
            assertThat(signal.statistics().sum()).isEqualTo(stats.path("sum").asDouble());
            assertThat(signal.statistics().min()).isEqualTo(stats.path("min").asDouble());
            assertThat(signal.statistics().max()).isEqualTo(stats.path("max").asDouble());
            if (signal.data() instanceof Signal.Picture picture) {
                assertImage(picture.image(), stats);
            } else if (signal.data() instanceof Signal.Maps maps) {
                assertThat(maps.maps()).hasSize(1);
                assertMap(maps.maps().get(0), stats);
            } else {
                throw new AssertionError("no comparison of a " + signal.data().kind());
            }
        }
    }

    private static void assertAxes(Signal signal, JsonNode expected) {
        assertThat(signal.axes()).hasSize(expected.size());
        for (int k = 0; k < expected.size(); k++) {
            Axis axis = signal.axes().get(k);
            JsonNode e = expected.get(k);
            String unit = e.path("units").asString("");
            double factor = unit.endsWith("µm") ? 1000 : 1;
            assertThat(axis.unit()).isEqualTo(unit.endsWith("µm") ? "nm" : unit);
            assertThat(axis.size()).isEqualTo(e.path("size").asInt());
            assertClose(axis.scale(), factor * e.path("scale").asDouble());
            assertClose(axis.offset(), factor * e.path("offset").asDouble());
        }
    }

    /** Agreement to 1e-6 of the expected value. */
    public static void assertClose(double value, double expected) {
        assertThat(value).isCloseTo(expected, within(Math.abs(expected) * AXES_TO + Double.MIN_NORMAL));
    }

    private static void assertImage(Image image, JsonNode stats) {
        assertThat(List.of(image.ny(), image.nx())).isEqualTo(ints(stats.path("shape")));
        List<Integer> place = ints(stats.path("argmax_first_index"));
        int first = 0;
        for (int i = 1; i < image.values().length; i++) {
            if (image.values()[i] > image.values()[first]) {
                first = i;
            }
        }
        assertThat(List.of(first / image.nx(), first % image.nx())).isEqualTo(place);
        JsonNode box = stats.path("box");
        double sum = 0;
        for (int y = box.get(0).get(0).asInt(); y < box.get(0).get(1).asInt(); y++) {
            for (int x = box.get(1).get(0).asInt(); x < box.get(1).get(1).asInt(); x++) {
                sum += image.at(y, x);
            }
        }
        assertThat(sum).isEqualTo(stats.path("box_sum").asDouble());
        assertThat((double) image.at(0, 0)).isEqualTo(stats.path("first").asDouble());
        assertThat((double) image.at(image.ny() - 1, image.nx() - 1))
                .isEqualTo(stats.path("last").asDouble());
    }

    private static void assertMap(SpectrumImage map, JsonNode stats) {
        int channels = map.energy().channels();
        assertThat(List.of(map.ny(), map.nx(), channels)).isEqualTo(ints(stats.path("shape")));
        int[] where = new int[channels];
        float[] counts = new float[channels];
        float most = -1;
        List<Integer> place = List.of();
        for (int y = 0; y < map.ny(); y++) {
            for (int x = 0; x < map.nx(); x++) {
                int n = map.events(y, x, where, counts);
                for (int i = 0; i < n; i++) {
                    if (counts[i] > most) {
                        most = counts[i];
                        place = List.of(y, x, where[i]);
                    }
                }
            }
        }
        assertThat(place).isEqualTo(ints(stats.path("argmax_first_index")));
        double[] total = map.sum().counts();
        assertThat(sum(total, 0, channels)).isEqualTo(stats.path("sum").asDouble());
        int peak = stats.path("sumspec_argmax_channel").asInt();
        assertThat(total[peak]).isEqualTo(stats.path("sumspec_max").asDouble());
        List<Integer> range = ints(stats.path("sumspec_sum_channels"));
        assertThat(sum(total, range.get(0), range.get(1)))
                .isEqualTo(range.get(2).doubleValue());
        JsonNode box = stats.path("box_nav");
        double all = 0;
        double same = 0;
        double[] pixel = new double[channels];
        for (int y = box.get(0).get(0).asInt(); y < box.get(0).get(1).asInt(); y++) {
            for (int x = box.get(1).get(0).asInt(); x < box.get(1).get(1).asInt(); x++) {
                java.util.Arrays.fill(pixel, 0);
                map.addTo(y, x, pixel);
                all += sum(pixel, 0, channels);
                same += sum(pixel, range.get(0), range.get(1));
            }
        }
        assertThat(all).isEqualTo(stats.path("box_sum_all_channels").asDouble());
        assertThat(same).isEqualTo(stats.path("box_sum_same_channels").asDouble());
    }

    private static double sum(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum;
    }

    private static List<Integer> ints(JsonNode array) {
        List<Integer> values = new ArrayList<>();
        array.forEach(v -> values.add(v.asInt()));
        return values;
    }
}
