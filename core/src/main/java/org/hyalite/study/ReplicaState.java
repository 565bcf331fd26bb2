package org.hyalite.study;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.grid.Volume;
import org.hyalite.io.format.Reason;
import org.hyalite.physics.Element;

/**
 * What is kept of the replicas that are done: moments of the volumes, and of each replica the phases' means and volumes. It
 * can be written down after each of them, and taken up again.
 */
final class ReplicaState {
    /**
     * What one replica says of one phase.
     *
     * @param means over the phase's core as it was found in the measurement
     * @param volumeNm3 of the phase of that name when threshold and phases are found anew; NaN if there is none, or none was
     *     looked for
     */
    record Row(PhaseMeans means, double volumeNm3) {}

    private final Map<Element, VolumeMoments> moments = new LinkedHashMap<>();
    private final int phases;
    private final List<List<Row>> measured = new ArrayList<>();
    private final List<List<Row>> simulated = new ArrayList<>();
    private final List<List<Row>> homogeneous = new ArrayList<>();

    /** Of none yet. */
    ReplicaState(Map<Element, Volume> volumes, int phases) {
        volumes.forEach((element, volume) -> moments.put(element, VolumeMoments.like(volume)));
        this.phases = phases;
    }

    VolumeMoments moments(Element element) {
        return Objects.requireNonNull(moments.get(element));
    }

    /** By replica of the measured counts, by phase. */
    List<List<Row>> measured() {
        return measured;
    }

    /** By simulation of the reconstructed volumes, by phase. */
    List<List<Row>> simulated() {
        return simulated;
    }

    /** By simulation of homogeneous phases, by phase. */
    List<List<Row>> homogeneous() {
        return homogeneous;
    }

    /** How many are done in all. */
    int done() {
        return measured.size() + simulated.size() + homogeneous.size();
    }

    void addMeasured(Map<Element, Volume> volumes, List<Row> rows) {
        volumes.forEach((element, volume) -> moments(element).add(volume));
        measured.add(List.copyOf(rows));
    }

    /** One quantity of one phase over the replicas. */
    static double[] values(List<List<Row>> rows, int phase, java.util.function.ToDoubleFunction<Row> of) {
        return rows.stream().mapToDouble(r -> of.applyAsDouble(r.get(phase))).toArray();
    }

    void writeTo(OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(to));
        for (List<List<Row>> all : List.of(measured, simulated, homogeneous)) {
            out.writeInt(all.size());
            for (List<Row> rows : all) {
                for (Row row : rows) {
                    out.writeDouble(row.means().fraction());
                    out.writeDouble(row.means().density());
                    out.writeDouble(row.volumeNm3());
                }
            }
        }
        for (VolumeMoments m : moments.values()) {
            m.writeTo(out);
        }
        out.flush();
    }

    /** Takes up what was written of the same replicas, if anything was. */
    void readFrom(Optional<InputStream> from) {
        if (from.isEmpty()) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(from.get()))) {
            for (List<List<Row>> all : List.of(measured, simulated, homogeneous)) {
                int replicas = in.readInt();
                for (int r = 0; r < replicas; r++) {
                    List<Row> rows = new ArrayList<>();
                    for (int p = 0; p < phases; p++) {
                        rows.add(new Row(new PhaseMeans(in.readDouble(), in.readDouble()), in.readDouble()));
                    }
                    all.add(rows);
                }
            }
            for (VolumeMoments m : moments.values()) {
                m.readFrom(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the replicas' checkpoint cannot be read: " + Reason.of(e), e);
        }
    }
}
