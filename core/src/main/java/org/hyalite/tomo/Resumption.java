package org.hyalite.tomo;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one reconstruction keeps of itself (see {@link Checkpoints}): the weight as soon as it is chosen, and at an
 * evaluation the solver's iterates with the evaluations so far. All else follows from data and settings, so that the
 * reconstruction goes on to the same bits. Starts on coarser grids are not kept: they are repeated, or not needed any more.
 */
final class Resumption {
    /** Floats that are turned into bytes at a time. */
    private static final int PIECE = 1 << 14;

    private final Checkpoints checkpoints;
    private final long start = System.nanoTime();
    private final Optional<WeightSearch.Choice> before;
    private final double secondsBefore;
    /** Of the state's solve; 0: the weight alone is known. */
    private final int iterations;

    private Optional<WeightSearch.Choice> chosen = Optional.empty();

    private Resumption(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
        Head head = new Head(Optional.empty(), 0, 0);
        Optional<InputStream> found = checkpoints.find();
        if (found.isPresent()) {
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(found.get()))) {
                head = head(in);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
        this.before = head.choice;
        this.secondsBefore = head.seconds;
        this.iterations = head.iterations;
    }

    static Resumption of(Checkpoints checkpoints) {
        return new Resumption(checkpoints);
    }

    private record Head(Optional<WeightSearch.Choice> choice, double seconds, int iterations) {}

    /** Wall time spent on this reconstruction, also before it was ended. */
    double seconds() {
        return secondsBefore + (System.nanoTime() - start) * 1e-9;
    }

    /** Whether a solver's state is there, so that it needs no other start. */
    boolean underWay() {
        return iterations > 0;
    }

    /** The weight chosen before; else what {@code search} finds, which is kept at once. */
    WeightSearch.Choice choice(Supplier<WeightSearch.Choice> search) {
        if (before.isEmpty()) {
            chosen = Optional.of(search.get());
            checkpoints.write(out -> {
                DataOutputStream data = new DataOutputStream(out);
                writeHead(data, 0);
                data.flush();
            });
        } else {
            chosen = before;
        }
        return chosen.orElseThrow();
    }

    /** Keeps the solver's state, where it is time to. */
    void keep(PrimalDual solver, List<PrimalDual.Evaluation> history) {
        if (chosen.isEmpty() || !checkpoints.due()) {
            return;
        }
        checkpoints.write(out -> {
            DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out));
            writeHead(data, history.get(history.size() - 1).iteration());
            data.writeInt(history.size());
            for (PrimalDual.Evaluation e : history) {
                data.writeInt(e.iteration());
                data.writeDouble(e.primal());
                data.writeDouble(e.dual());
                data.writeDouble(e.fit());
                data.writeInt(e.headroom().size());
                for (double h : e.headroom()) {
                    data.writeDouble(h);
                }
            }
            for (float[] array : solver.state()) {
                write(array, data);
            }
            data.flush();
        });
    }

    /** Brings the solver to its state, and returns the evaluations up to there; none, and an untouched solver, without a state. */
    List<PrimalDual.Evaluation> restore(PrimalDual solver) {
        List<PrimalDual.Evaluation> history = new ArrayList<>();
        if (!underWay()) {
            return history;
        }
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(checkpoints.find().orElseThrow()))) {
            head(in);
            int evaluations = in.readInt();
            for (int i = 0; i < evaluations; i++) {
                int iteration = in.readInt();
                double primal = in.readDouble();
                double dual = in.readDouble();
                double fit = in.readDouble();
                List<Double> headroom = new ArrayList<>();
                int channels = in.readInt();
                for (int c = 0; c < channels; c++) {
                    headroom.add(in.readDouble());
                }
                history.add(new PrimalDual.Evaluation(iteration, primal, dual, fit, headroom));
            }
            for (float[] array : solver.state()) {
                read(in, array);
            }
            return history;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void writeHead(DataOutputStream out, int iteration) throws IOException {
        WeightSearch.Choice choice = chosen.orElseThrow();
        out.writeDouble(seconds());
        out.writeDouble(choice.alpha());
        out.writeUTF(choice.criterion());
        out.writeInt(choice.curve().size());
        for (WeightPoint point : choice.curve()) {
            out.writeDouble(point.weight());
            out.writeDouble(point.value());
        }
        out.writeInt(iteration);
    }

    private static Head head(DataInputStream in) throws IOException {
        double seconds = in.readDouble();
        double alpha = in.readDouble();
        String criterion = in.readUTF();
        List<WeightPoint> curve = new ArrayList<>();
        int points = in.readInt();
        for (int i = 0; i < points; i++) {
            curve.add(new WeightPoint(in.readDouble(), in.readDouble()));
        }
        return new Head(Optional.of(new WeightSearch.Choice(alpha, criterion, curve)), seconds, in.readInt());
    }

    private static void write(float[] array, DataOutputStream out) throws IOException {
        out.writeInt(array.length);
        ByteBuffer bytes = ByteBuffer.allocate(PIECE * Float.BYTES);
        FloatBuffer floats = bytes.asFloatBuffer();
        for (int from = 0; from < array.length; from += PIECE) {
            int count = Math.min(PIECE, array.length - from);
            floats.clear().put(array, from, count);
            out.write(bytes.array(), 0, count * Float.BYTES);
        }
    }

    private static void read(DataInputStream in, float[] into) throws IOException {
        int length = in.readInt();
        if (length != into.length) {
            throw new IOException("it holds " + length + " values where the solver has " + into.length);
        }
        ByteBuffer bytes = ByteBuffer.allocate(PIECE * Float.BYTES);
        FloatBuffer floats = bytes.asFloatBuffer();
        for (int from = 0; from < into.length; from += PIECE) {
            int count = Math.min(PIECE, into.length - from);
            in.readFully(bytes.array(), 0, count * Float.BYTES);
            floats.clear().get(into, from, count);
        }
    }

    private static UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("the checkpoint cannot be read: " + e.getMessage(), e);
    }
}
