package org.hyalite.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.io.format.Reason;
import org.hyalite.io.mrc.MrcSections;
import org.hyalite.physics.Element;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The composition–density diagram of a results folder, read through its volumes row by row, so that little memory is
 * needed whatever their size: per voxel {@code N = Σ n_E} and {@code X = n_A / N}, as {@link org.hyalite.phase.PhaseDiagram}
 * has them.
 */
public final class ResultsDiagram {
    /** Of each bin: voxels, ΣX, ΣN, ΣX², ΣN². */
    public static final int MOMENTS = 5;

    private static final double PERCENTILE = 0.999;
    private static final double HEADROOM = 1.3;
    private static final int LOW_BITS = 15;

    /**
     * The diagram in bins.
     *
     * @param densityMax N at its end; what lies beyond is in the last bin
     * @param values {@code [i fraction][j density][moment]}
     */
    public record Moments(int bins, double densityMax, double[] values) {}

    /** What is to be done with a row of voxels; N of 0 or less: no atoms, and X is 0. */
    private interface Voxels {
        void row(long first, int count, float[] fraction, float[] density);
    }

    private final List<MrcSections> among = new ArrayList<>();
    private final List<String> names;
    private final String unit;
    private final int numerator;
    private final double voxelNm;
    private final OptionalDouble threshold;
    private OptionalDouble densityMax = OptionalDouble.empty();

    /**
     * The diagram that {@code phases.json} is of; without one, of all elements, the last one's fraction.
     *
     * @throws InputException if there are no volumes, or they do not fit together
     */
    public ResultsDiagram(Results results) {
        List<Element> elements = new ArrayList<>(results.elements());
        if (elements.isEmpty()) {
            throw new InputException(results.folder().resolve("sample") + ": no element's volume is there yet");
        }
        JsonNode phases = results.json("phases.json");
        List<String> counted = new ArrayList<>();
        phases.path("among").forEach(e -> counted.add(e.asString("")));
        if (!counted.isEmpty()) {
            for (String name : counted) {
                if (elements.stream().noneMatch(e -> e.symbol().equals(name))) {
                    throw new InputException("phases.json counts " + name
                            + ", of which there is no volume; make it again:" + " hyalite phases " + results.folder());
                }
            }
            elements.removeIf(e -> !counted.contains(e.symbol()));
        }
        String top = phases.path("fraction_of")
                .asString(elements.get(elements.size() - 1).symbol());
        names = elements.stream().map(Element::symbol).toList();
        unit = phases.path("unit").asString("");
        numerator = names.indexOf(top);
        if (numerator < 0) {
            throw new InputException("phases.json is of the fraction of " + top + ", which it does not count; make it"
                    + " again: hyalite phases " + results.folder());
        }
        for (Element element : elements) {
            MrcSections next = MrcSections.of(results.density(element));
            MrcSections first = among.isEmpty() ? next : among.get(0);
            if (next.planes() != first.planes() || next.ny() != first.ny() || next.nx() != first.nx()) {
                throw new InputException(results.density(element) + ": " + next.planes() + " × " + next.ny() + " × "
                        + next.nx() + " voxels, but " + results.density(elements.get(0)) + " has " + first.planes()
                        + " × " + first.ny() + " × " + first.nx() + "; take out what is of another run");
            }
            among.add(next);
        }
        voxelNm = among.get(0)
                .pixelNm()
                .orElseThrow(() -> new InputException(results.density(elements.get(0)) + ": gives no voxel size"));
        JsonNode given = phases.path("threshold_per_nm3");
        double value = given.isNumber() ? given.asDouble(Double.NaN) : Double.NaN;
        threshold = Double.isFinite(value) ? OptionalDouble.of(Math.max(0, value)) : OptionalDouble.empty();
    }

    private double thresholdOrZero() {
        return threshold.orElse(0);
    }

    private void each(Voxels voxels) {
        MrcSections shape = among.get(0);
        List<MrcSections.Reader> readers = new ArrayList<>();
        try {
            for (MrcSections sections : among) {
                readers.add(sections.open());
            }
            int some = Math.min(shape.ny(), readers.get(0).rowsAtOnce());
            float[] values = new float[some * shape.nx()];
            float[] top = new float[values.length];
            float[] density = new float[values.length];
            for (int z = 0; z < shape.planes(); z++) {
                for (int y = 0; y < shape.ny(); y += some) {
                    int rows = Math.min(some, shape.ny() - y);
                    int count = rows * shape.nx();
                    for (int e = 0; e < readers.size(); e++) {
                        float[] into = e == numerator ? top : e == 0 ? density : values;
                        readers.get(e).read(z, y, rows, into);
                        sum(into, density, count, e == 0);
                    }
                    fractions(top, density, count);
                    voxels.row(((long) z * shape.ny() + y) * shape.nx(), count, top, density);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a volume cannot be read: " + Reason.of(e), e);
        } finally {
            for (MrcSections.Reader reader : readers) {
                try {
                    reader.close();
                } catch (IOException e) {
                    // it was only read
                }
            }
        }
    }

    private static void sum(float[] from, float[] into, int count, boolean first) {
        if (first && from != into) {
            System.arraycopy(from, 0, into, 0, count);
        } else if (!first) {
            for (int i = 0; i < count; i++) {
                into[i] += from[i];
            }
        }
    }

    /** The numerator's densities become fractions. */
    private static void fractions(float[] top, float[] density, int count) {
        for (int i = 0; i < count; i++) {
            float n = density[i];
            if (!Float.isFinite(n)) {
                throw new InputException("a density of the volumes is " + n + "; run again");
            }
            top[i] = n > 0 ? Math.max(0, Math.min(1, top[i] / n)) : 0;
        }
    }

    /** Where the diagram ends: 1.3 times the 99.9th percentile of N inside the threshold. */
    public synchronized double densityMax() {
        if (densityMax.isEmpty()) {
            densityMax = OptionalDouble.of(upper());
        }
        return densityMax.getAsDouble();
    }

    /** The percentile exactly, in two passes: positive floats are ordered as their bits are. */
    private double upper() {
        double least = thresholdOrZero();
        long[] high = new long[1 << 31 - LOW_BITS];
        each((first, count, x, n) -> {
            for (int i = 0; i < count; i++) {
                if (n[i] > least) {
                    high[Float.floatToRawIntBits(n[i]) >>> LOW_BITS]++;
                }
            }
        });
        long inside = 0;
        for (long h : high) {
            inside += h;
        }
        if (inside == 0) {
            return least > 0 ? HEADROOM * least : 1;
        }
        long left = Math.min(inside - 1, Math.round(PERCENTILE * (inside - 1)));
        int bin = 0;
        while (left >= high[bin]) {
            left -= high[bin++];
        }
        int among = bin;
        long[] low = new long[1 << LOW_BITS];
        each((first, count, x, n) -> {
            for (int i = 0; i < count; i++) {
                int bits = Float.floatToRawIntBits(n[i]);
                if (n[i] > least && bits >>> LOW_BITS == among) {
                    low[bits & (1 << LOW_BITS) - 1]++;
                }
            }
        });
        int fine = 0;
        while (left >= low[fine]) {
            left -= low[fine++];
        }
        return HEADROOM * Float.intBitsToFloat(among << LOW_BITS | fine);
    }

    /** All voxels with atoms, in bins of X over 0 … 1 and of N over 0 … {@link #densityMax}. */
    public Moments moments(int bins) {
        double upper = densityMax();
        double[] values = new double[Math.multiplyExact(MOMENTS * bins, bins)];
        each((first, count, x, n) -> {
            for (int i = 0; i < count; i++) {
                if (n[i] > 0) {
                    int row = Math.min(bins - 1, (int) (x[i] * bins));
                    int column = Math.min(bins - 1, (int) (n[i] / upper * bins));
                    add(values, MOMENTS * (row * bins + column), x[i], n[i]);
                }
            }
        });
        return new Moments(bins, upper, values);
    }

    private static void add(double[] sums, int at, double x, double n) {
        sums[at]++;
        sums[at + 1] += x;
        sums[at + 2] += n;
        sums[at + 3] += x * x;
        sums[at + 4] += n * n;
    }

    private void each(DiagramSelection selection, Voxels chosen) {
        if (selection.insideThreshold() && threshold.isEmpty()) {
            throw new InputException(
                    "no threshold is known, for phases.json is missing; make it with 'hyalite phases DIR',"
                            + " or select with inside_threshold: false");
        }
        DiagramShape shape = new DiagramShape(selection, densityMax());
        double least = selection.insideThreshold() ? threshold.getAsDouble() : 0;
        each((first, count, x, n) -> {
            for (int i = 0; i < count; i++) {
                if (!(n[i] > 0 && n[i] > least && shape.contains(x[i], n[i]))) {
                    n[i] = 0;
                }
            }
            chosen.row(first, count, x, n);
        });
    }

    /** {@code {voxels, volume_nm3, fraction_mean, fraction_sd, density_mean_per_nm3, density_sd_per_nm3}}; sd over the voxels. */
    public ObjectNode numbers(DiagramSelection selection) {
        double[] sums = new double[MOMENTS];
        each(selection, (first, count, x, n) -> add(sums, x, n, count));
        return numbers(sums);
    }

    private static void add(double[] sums, float[] x, float[] n, int count) {
        for (int i = 0; i < count; i++) {
            if (n[i] > 0) {
                add(sums, 0, x[i], n[i]);
            }
        }
    }

    private ObjectNode numbers(double[] sums) {
        double count = sums[0];
        ObjectNode json = Json.object().put("voxels", (long) count);
        json.put("volume_nm3", count * voxelNm * voxelNm * voxelNm);
        String[] names = {"fraction_mean", "fraction_sd", "density_mean_per_nm3", "density_sd_per_nm3"};
        double x = sums[1] / count;
        double n = sums[2] / count;
        double[] values = {
            x, Math.sqrt(Math.max(0, sums[3] / count - x * x)), n, Math.sqrt(Math.max(0, sums[4] / count - n * n))
        };
        for (int i = 0; i < names.length; i++) {
            json.set(names[i], Json.numbers(values[i]).get(0));
        }
        return json;
    }

    /**
     * A selection's voxels and its numbers.
     *
     * @param numbers as {@link #numbers} gives them
     */
    record Chosen(VolumeMask mask, ObjectNode numbers) {}

    Chosen choose(DiagramSelection selection) {
        MrcSections shape = among.get(0);
        VolumeMask mask = VolumeMask.empty(shape.planes(), shape.ny(), shape.nx(), voxelNm);
        double[] sums = new double[MOMENTS];
        each(selection, (first, count, x, n) -> {
            add(sums, x, n, count);
            for (int i = 0; i < count; i++) {
                if (n[i] > 0) {
                    mask.add((int) (first + i));
                }
            }
        });
        return new Chosen(mask, numbers(sums));
    }

    /** N of all voxels, or of a selection's alone, 0 elsewhere; as a volume in memory. */
    Volume density(Optional<DiagramSelection> selection) {
        MrcSections shape = among.get(0);
        Volume volume = Volume.zeros(shape.planes(), shape.ny(), shape.nx(), voxelNm);
        Voxels into = (first, count, x, n) -> {
            for (int i = 0; i < count; i++) {
                long row = (first + i) / shape.nx();
                volume.set((int) (row / shape.ny()), (int) (row % shape.ny()), (int) ((first + i) % shape.nx()), n[i]);
            }
        };
        if (selection.isPresent()) {
            each(selection.get(), into);
        } else {
            each(into);
        }
        return volume;
    }

    /** {@code {fraction_of, among, unit, threshold_per_nm3}} of the diagram. */
    ObjectNode settings() {
        ObjectNode json = Json.object().put("fraction_of", names.get(numerator));
        ArrayNode all = json.putArray("among");
        names.forEach(all::add);
        json.put("unit", unit);
        threshold.ifPresent(t -> json.put("threshold_per_nm3", t));
        return json;
    }
}
