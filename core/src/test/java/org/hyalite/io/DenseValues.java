package org.hyalite.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Signal;
import tools.jackson.databind.JsonNode;

/** Any signal as one array in C order, and its comparison with reference values whatever its kind. */
public final class DenseValues {
    private DenseValues() {}

    /** All values of a signal, in the order of its axes. */
    public static double[] of(Signal signal) {
        int size = signal.axes().stream().mapToInt(Axis::size).reduce(1, Math::multiplyExact);
        double[] values = new double[size];
        if (signal.data() instanceof Signal.SingleSpectrum single) {
            System.arraycopy(single.spectrum().counts(), 0, values, 0, size);
        } else if (signal.data() instanceof Signal.Picture picture) {
            put(values, 0, picture.image());
        } else if (signal.data() instanceof Signal.Stack stack) {
            int each = size / stack.images().size();
            for (int i = 0; i < stack.images().size(); i++) {
                put(values, i * each, stack.images().get(i));
            }
        } else if (signal.data() instanceof Signal.Maps maps) {
            int channels = maps.maps().get(0).energy().channels();
            double[] pixel = new double[channels];
            int at = 0;
            for (SpectrumImage map : maps.maps()) {
                for (int p = 0; p < map.ny() * map.nx(); p++, at += channels) {
                    Arrays.fill(pixel, 0);
                    map.addTo(p / map.nx(), p % map.nx(), pixel);
                    System.arraycopy(pixel, 0, values, at, channels);
                }
            }
        }
        return values;
    }

    private static void put(double[] values, int at, Image image) {
        for (int i = 0; i < image.values().length; i++) {
            values[at + i] = image.values()[i];
        }
    }

    /** Compares a signal with a reference: axes, sum, extremes and where they are, sums of boxes and channels. */
    public static void assertAgrees(Signal signal, JsonNode reference) {
        List<JsonNode> axes = List.copyOf(reference.path("axes").values());
        assertThat(signal.axes()).hasSameSizeAs(axes);
        int[] shape = new int[axes.size()];
        for (int a = 0; a < shape.length; a++) {
            Axis axis = signal.axes().get(a);
            String unit = axes.get(a).path("units").asString("");
            double factor = unit.equals("µm") ? 1000 : unit.equals("pm") ? 1e-3 : 1;
            shape[a] = axis.size();
            assertThat(axis.size()).isEqualTo(axes.get(a).path("size").asInt());
            ReferenceSignals.assertClose(
                    axis.scale(), factor * axes.get(a).path("scale").asDouble());
            ReferenceSignals.assertClose(
                    axis.offset(), factor * axes.get(a).path("offset").asDouble());
            assertThat(axis.unit()).isEqualTo(unit.matches("µm|pm|nm") ? "nm" : unit.equals("keV") ? "keV" : "");
        }
        JsonNode stats = reference.path("stats");
        double[] values = of(signal);
        ReferenceSignals.assertClose(
                Arrays.stream(values).sum(), stats.path("sum").asDouble());
        ReferenceSignals.assertClose(
                signal.statistics().sum(), stats.path("sum").asDouble());
        assertThat(signal.statistics().min()).isEqualTo(stats.path("min").asDouble());
        assertThat(signal.statistics().max()).isEqualTo(stats.path("max").asDouble());
        int first = 0;
        for (int i = 1; i < values.length; i++) {
            first = values[i] > values[first] ? i : first;
        }
        int[] index = new int[shape.length];
        for (int a = shape.length - 1, rest = first; a >= 0; rest /= shape[a], a--) {
            index[a] = rest % shape[a];
        }
        assertThat(index).isEqualTo(ints(stats.path("argmax_first_index")));
        box(values, shape, stats.path("box"), stats.path("box_sum"));
        box(values, shape, stats.path("box_nav"), stats.path("box_sum_all_channels"));
        if (stats.has("sumspec_sum_channels")) {
            int[] range = ints(stats.path("sumspec_sum_channels"));
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                int channel = i % shape[shape.length - 1];
                sum += channel >= range[0] && channel < range[1] ? values[i] : 0;
            }
            assertThat(sum).isEqualTo(range[2]);
        }
    }

    private static void box(double[] values, int[] shape, JsonNode box, JsonNode expected) {
        if (box.isMissingNode() || expected.isMissingNode()) {
            return;
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            boolean inside = true;
            int rest = i;
            for (int a = shape.length - 1; a >= 0; a--) {
                int at = rest % shape[a];
                rest /= shape[a];
                inside &= a >= box.size()
                        || at >= box.get(a).get(0).asInt()
                                && at < box.get(a).get(1).asInt();
            }
            sum += inside ? values[i] : 0;
        }
        ReferenceSignals.assertClose(sum, expected.asDouble());
    }

    private static int[] ints(JsonNode array) {
        return array.values().stream().mapToInt(JsonNode::asInt).toArray();
    }
}
