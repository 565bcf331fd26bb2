package org.hyalite.io.hspy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.stored.StoredArray;
import org.hyalite.io.stored.StoredGroup;
import org.hyalite.io.stored.StoredNumber;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;

/** Protects the meaning of HyperSpy's layouts, old ones too, on trees made here. */
class HyperSpyExperimentsTest {
    private static final Path FILE = Path.of("made.hspy");

    /** A group in memory; values are attributes, groups, lists or arrays. */
    private record Tree(String place, Map<String, Object> inside) implements StoredGroup {
        static Tree root() {
            return new Tree("", new TreeMap<>());
        }

        /** Sets what stands at a path, making groups on the way. */
        Tree with(String path, Object value) {
            int dot = path.indexOf('/');
            if (dot < 0) {
                inside.put(path, value);
            } else {
                String name = path.substring(0, dot);
                Tree next = (Tree) inside.computeIfAbsent(name, n -> new Tree(placeOf(n), new TreeMap<>()));
                next.with(path.substring(dot + 1), value);
            }
            return this;
        }

        @Override
        public List<String> groupNames() {
            return inside.keySet().stream()
                    .filter(k -> inside.get(k) instanceof Tree)
                    .toList();
        }

        @Override
        public Optional<StoredGroup> group(String name) {
            return inside.get(name) instanceof Tree t ? Optional.of(t) : Optional.empty();
        }

        @Override
        public Optional<Object> attribute(String name) {
            Object value = inside.get(name);
            return value instanceof Tree || value instanceof Cells ? Optional.empty() : Optional.ofNullable(value);
        }

        @Override
        public Optional<StoredArray> array(String name) {
            return inside.get(name) instanceof Cells c ? Optional.of(c) : Optional.empty();
        }

        @Override
        public Optional<List<Object>> list(String name) {
            return Optional.empty();
        }
    }

    /** Doubles in one chunk. */
    private record Cells(int[] shape, double... values) implements StoredArray {
        @Override
        public String place() {
            return "data";
        }

        @Override
        public int[] chunks() {
            return shape;
        }

        @Override
        public StoredNumber number() {
            return new StoredNumber(StoredNumber.Kind.FLOAT, 8, ByteOrder.BIG_ENDIAN);
        }

        @Override
        public long storedBytes() {
            return 8L * values.length;
        }

        @Override
        public ByteBuffer chunk(int[] index) {
            ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
            bytes.asDoubleBuffer().put(values);
            return bytes;
        }
    }

    private static Tree experiment(Cells data, String... axes) {
        Tree root = Tree.root().with("Experiments/a/data", data).with("Experiments/a/metadata/General/title", "a");
        for (int i = 0; i < axes.length; i++) {
            String[] parts = axes[i].split(" ");
            String axis = "Experiments/a/axis-" + i + "/";
            root.with(axis + "navigate", parts[0].equals("nav"))
                    .with(axis + "scale", Double.parseDouble(parts[1]))
                    .with(axis + "units", parts.length > 2 ? parts[2] : "<undefined>");
        }
        return root;
    }

    private static Recording read(Tree root) {
        return HyperSpyExperiments.read(FILE, "HyperSpy", root);
    }

    private static Signal only(Tree root) {
        return read(root).signals().get(0);
    }

    /** Protects from counting an element in what HyperSpy says are energy losses. */
    @Test
    void aSignalTypeThatIsNotOfXraysIsNoCounts() {
        for (String type : List.of("EDS_TEM", "EDS_SEM", "", "EELS", "CL")) {
            boolean xrays = type.isEmpty() || type.startsWith("EDS");
            Tree map =
                    experiment(new Cells(new int[] {1, 1, 2}, xrays ? 1 : -1, 2), "nav 2 nm", "nav 2 nm", "sig 5 eV");
            Tree single = experiment(new Cells(new int[] {2}, xrays ? 1 : -1, 2), "sig 5 eV");
            for (Tree root : List.of(map, single)) {
                Recording read = read(root.with("Experiments/a/metadata/Signal/signal_type", type));
                assertThat(read.signals().get(0).isCounts()).as(type).isEqualTo(xrays);
                assertThat(read.warnings().stream().anyMatch(w -> w.contains(type + ": no element is counted")))
                        .as(type)
                        .isEqualTo(!xrays);
            }
        }
    }

    @Test
    void fractionsStayFractionsAndWholeFloatsBecomeCounts() {
        int[] shape = {2, 1, 3};
        SpectrumImage whole =
                maps(only(experiment(new Cells(shape, 1, 2, 3, 4, 5, 6), "nav 2 nm", "nav 2 nm", "sig 5 eV")));
        assertThat(whole.isWhole()).isTrue();
        assertThat(whole.sum().counts()).containsExactly(5, 7, 9);
        SpectrumImage part =
                maps(only(experiment(new Cells(shape, 1, 2, 3, 4, 5, .5), "nav 2 nm", "nav 2 nm", "sig 5 eV")));
        assertThat(part.isWhole()).isFalse();
        assertThat(part.sum().counts()).containsExactly(5, 7, 3.5);
    }

    @Test
    void negativeAndMissingCountsNameTheirPlace() {
        for (double bad : new double[] {-3, Double.NaN, Double.POSITIVE_INFINITY}) {
            Tree root = experiment(new Cells(new int[] {2, 1, 2}, 1, 2, 3, bad), "nav 1 nm", "nav 1 nm", "sig 1 keV");
            assertThatThrownBy(() -> read(root))
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageContaining("made.hspy")
                    .hasMessageContaining("pixel (y 1, x 0), channel 1")
                    .hasMessageContaining("counts are finite and not negative");
        }
    }

    @Test
    void oldLayoutsAndTheInstrumentThatFitsTheSignal() {
        Cells data = new Cells(new int[] {2}, 1, 2);
        Tree old = experiment(data, "sig 10 eV")
                .with("Experiments/a/metadata/TEM/tilt_stage", "-20")
                .with("Experiments/a/metadata/TEM/beam_energy", 80.0);
        assertThat(only(old).acquisition().number(Key.TILT)).contains(-20.0);
        assertThat(only(old).acquisition().number(Key.BEAM_ENERGY)).contains(80.0);
        Tree sem = experiment(data, "sig 10 eV")
                .with("Experiments/a/metadata/Signal/signal_type", "EDS_SEM")
                .with("Experiments/a/metadata/Acquisition_instrument/TEM/beam_energy", 200.0)
                .with("Experiments/a/metadata/Acquisition_instrument/SEM/beam_energy", 20.0);
        assertThat(only(sem).acquisition().number(Key.BEAM_ENERGY)).contains(20.0);
        assertThat(only(sem).acquisition().source(Key.BEAM_ENERGY).orElseThrow())
                .endsWith("SEM.beam_energy");
    }

    @Test
    void whatIsNotRecordedIsNotKnown() {
        String tem = "Experiments/a/metadata/Acquisition_instrument/TEM/";
        Tree root = experiment(new Cells(new int[] {2}, 1, 2), "sig 10 eV")
                .with(tem + "beam_current", 0.0)
                .with(tem + "beam_energy", "_None_")
                .with(tem + "dwell_time", "fast");
        Recording recording = read(root);
        assertThat(recording.signals().get(0).acquisition().known()).isEmpty();
        assertThat(recording.warnings())
                .anyMatch(w -> w.contains("beam_current") && w.contains("not recorded"))
                .anyMatch(w -> w.contains("dwell_time is 'fast'"));
    }

    @Test
    void tiltsComeFromAnAxisOfAnglesOrAList() {
        Cells data = new Cells(new int[] {2, 1, 1, 1}, 1, 2);
        Tree angles = experiment(data, "nav 0.5 rad", "nav 1 nm", "nav 1 nm", "sig 1 keV");
        assertThat(only(angles).acquisition().numbers(Key.TILTS).orElseThrow().get(1))
                .isCloseTo(28.64788975654116, within(1e-12));
        Tree listed = experiment(data, "nav 1", "nav 1 nm", "nav 1 nm", "sig 1 keV")
                .with("Experiments/a/metadata/Tomography/tilts", List.of(-30.0, 60.0));
        assertThat(only(listed).acquisition().numbers(Key.TILTS)).contains(List.of(-30.0, 60.0));
        Tree stale = experiment(data, "nav 2 deg", "nav 1 nm", "nav 1 nm", "sig 1 keV")
                .with("Experiments/a/metadata/Tomography/tilts", List.of(-30.0, 60.0, 61.0));
        assertThat(only(stale).acquisition().numbers(Key.TILTS)).contains(List.of(0.0, 2.0));
        assertThat(read(stale).warnings()).anyMatch(w -> w.contains("3 tilts for 2 steps"));
        Tree uneven = experiment(data, "nav 1 deg", "nav 1 nm", "nav 1 nm", "sig 1 keV")
                .with("Experiments/a/axis-0/axis", List.of(-71.0, 3.0));
        assertThat(only(uneven).acquisition().numbers(Key.TILTS)).contains(List.of(-71.0, 3.0));
    }

    @Test
    void lengthsInAnyUnitAreNanometres() {
        Map<String, Double> pixels = new HashMap<>(Map.of("nm", 2.0, "µm", 2000.0, "\u03bcm", 2000.0, "um", 2000.0));
        pixels.putAll(Map.of("Å", 0.2, "A", 0.2, "angstrom", 0.2, "pm", 0.002, "m", 2e9, "mm", 2e6));
        pixels.forEach((unit, nm) -> {
            Tree root = experiment(new Cells(new int[] {1, 1}, 1), "sig 2 " + unit, "sig 2 " + unit);
            assertThat(only(root).acquisition().number(Key.PIXEL_SIZE).orElseThrow())
                    .as(unit)
                    .isCloseTo(nm, within(1e-9 * nm));
        });
        Tree flat = experiment(new Cells(new int[] {1, 1}, 1), "sig 2 nm", "sig 3 nm");
        assertThat(only(flat).acquisition().known()).isEmpty();
        assertThat(read(flat).warnings()).anyMatch(w -> w.contains("not square"));
    }

    @Test
    void anAxisWithoutAUnitIsNoEnergyAxisAndTheMessageSaysWhatToDo() {
        Tree root = experiment(new Cells(new int[] {2}, 1, 2), "sig 10");
        assertThatThrownBy(() -> read(root))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("axis-0")
                .hasMessageContaining("units = 'keV'");
    }

    @Test
    void signalsThatAreNotReadAreLeftOutWithAWord() {
        Tree root = experiment(new Cells(new int[] {2}, 1, 2), "sig 10 eV")
                .with("Experiments/b/data", new Cells(new int[] {1, 1, 1, 1}, 1))
                .with("Experiments/b/metadata/General/title", "b");
        for (int i = 0; i < 4; i++) {
            root.with("Experiments/b/axis-" + i + "/navigate", i < 2);
        }
        Recording recording = read(root);
        assertThat(recording.signals()).hasSize(1);
        assertThat(recording.warnings()).anyMatch(w -> w.startsWith("left out: Experiments.b has images along 2 axes"));
    }

    @Test
    void sizesThatContradictEachOtherAreRefused() {
        Tree root = experiment(new Cells(new int[] {2}, 1, 2), "sig 10 eV").with("Experiments/a/axis-0/size", 3.0);
        assertThatThrownBy(() -> read(root))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("it says 3, but the data have 2");
    }

    private static SpectrumImage maps(Signal signal) {
        return signal.as(Signal.Maps.class).orElseThrow().maps().get(0);
    }
}
