package org.hyalite.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Reason;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.io.zarr.ZspyWriter;
import org.hyalite.kernel.Slabs;
import org.hyalite.phantom.SimulatedSample;
import org.hyalite.phantom.SimulatedStandard;
import org.hyalite.phantom.Twin;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.study.recipe.InputException;

/**
 * Writes a twin as a day at the microscope leaves it: {@code standards/NAME/adf.mrc} and {@code eds.zspy},
 * {@code sample/adf.mrc} and {@code sample/eds/tilt_ANGLE.zspy}, {@code experiment.yaml}, and beside them the truth (see
 * {@link TwinTruth}).
 */
public final class TwinFiles {
    private static final String EXPERIMENT = "experiment.yaml";

    /** All that a simulation writes; {@code experiment.yaml} goes first and comes last, so that it never names half an experiment. */
    private static final List<String> OWN = List.of(EXPERIMENT, "truth", "standards", "sample");

    private TwinFiles() {}

    /** Writes on one thread, watched by nobody; see {@link #write(Twin, Path, int, Progress)}. */
    public static void write(Twin twin, Path folder) {
        write(twin, folder, 1, Progress.NONE);
    }

    /**
     * Writes all files; spectrum images are simulated one by one as they are written, so that few are in memory.
     *
     * @param folder new, empty, or holding an earlier simulation, whose files are replaced
     * @throws InputException if the folder holds anything else
     * @throws UncheckedIOException naming the file, if one cannot be written
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public static void write(Twin twin, Path folder, int threads, Progress progress) {
        makeRoom(folder);
        List<Runnable> files = new ArrayList<>();
        SimulatedSample sample = twin.sample();
        for (int i = 0; i < sample.tilts(); i++) {
            int tilt = i;
            double angle = sample.alignment().tiltsDeg()[i];
            Path file = folder.resolve("sample/eds/tilt_" + short2(angle) + ".zspy");
            files.add(() -> ZspyWriter.write(file, signal(sample.map(tilt), sample.acquisition(tilt))));
        }
        files.add(() -> MrcWriter.writeSeries(folder.resolve("sample/adf.mrc"), sample.adf()));
        for (SimulatedStandard standard : twin.standards()) {
            Path here = folder.resolve("standards").resolve(standard.name());
            files.add(() -> ZspyWriter.write(here.resolve("eds.zspy"), signal(standard.map(), standard.acquisition())));
            files.add(() -> MrcWriter.writeSeries(here.resolve("adf.mrc"), standard.adf()));
            files.add(() -> MrcWriter.writeStack(
                    folder.resolve("truth/thickness_" + standard.name() + ".mrc"), List.of(standard.thickness())));
        }
        for (Element metal : sample.phantom().metals()) {
            files.add(() -> MrcWriter.writeVolume(
                    folder.resolve("truth/density_" + metal.symbol() + ".mrc"), sample.density(metal)));
        }
        files.add(() -> TwinTruth.write(twin, folder.resolve("truth")));
        writeAll(files, threads, progress);
        byte[] experiment = experiment(twin).getBytes(StandardCharsets.UTF_8);
        AtomicWrite.file(folder.resolve(EXPERIMENT), out -> out.write(experiment));
    }

    /** The experiment file of a twin, as the person at the microscope would write it. */
    static String experiment(Twin twin) {
        StringBuilder standards = new StringBuilder();
        for (SimulatedStandard standard : twin.standards()) {
            standards.append("""
                      - name: %1$s
                        element: %2$s
                        density_per_nm3: %3$s
                        adf: standards/%1$s/adf.mrc   # tilt series, angles beside it in adf.rawtlt
                        eds: standards/%1$s/eds.zspy  # one map at zero tilt
                    """.formatted(standard.name(), standard.element(), standard.densityPerNm3()));
        }
        return """
                # A simulated experiment; what it should give stands in truth/.
                microscope:
                  name: %s (simulated)  # a calibration belongs to it
                  # beam energy, beam current and dwell time stand in the files: the standards were measured on other days
                elements:                       # quantified elements and the lines used
                  Co: [Ka, Kb]
                  Zn: [Ka, Kb]
                spectra:
                  other_elements: [Cu, C, N, Si]  # modelled, not quantified: grid, linkers and film, detector
                  method: fit                   # or windows
                  bin: 1
                standards:
                %ssample:
                  name: %s
                  adf: sample/adf.mrc
                  eds: sample/eds/*.zspy        # one spectrum image per tilt, the angle in each
                  tilt_axis: y
                alignment: {method: %s}
                # reconstruction:               # left out: the default preset and automatic weights
                #   preset: joint
                phases: {fraction_of: Zn, among: [Co, Zn]}  # X = Zn / (Co + Zn)
                """.formatted(
                        twin.settings().instrument().label(),
                        standards,
                        twin.sample().name(),
                        twin.settings().misalignment() ? "auto" : "none");
    }

    /**
     * Writes another experiment file of the same experiment, with a preset.
     *
     * @param folder of the experiment
     * @param calibration cross sections found already, in place of the standards
     * @return the file
     */
    public static Path writeWithPreset(Twin twin, Path folder, String preset, Optional<Path> calibration) {
        String text = experiment(twin)
                .replaceFirst("(?s)# reconstruction:.*?(?=phases:)", "reconstruction: {preset: " + preset + "}\n");
        if (calibration.isPresent()) {
            String path = folder.toAbsolutePath()
                    .relativize(calibration.get().toAbsolutePath())
                    .toString()
                    .replace('\\', '/');
            text = text.replaceFirst("(?s)standards:\n.*?(?=sample:\n)", "calibration: \"" + path + "\"\n");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("experiment-" + preset + ".yaml");
        AtomicWrite.file(file, out -> out.write(bytes));
        return file;
    }

    private static Signal signal(SpectrumImage map, Acquisition acquisition) {
        EnergyAxis energy = map.energy();
        List<Axis> axes = List.of(
                new Axis("y", map.ny(), map.pixelNm(), 0, "nm"),
                new Axis("x", map.nx(), map.pixelNm(), 0, "nm"),
                new Axis("energy", energy.channels(), energy.gainKeV(), energy.offsetKeV(), "keV"));
        return new Signal("EDS", axes, statistics(map), acquisition, new Signal.Maps(List.of(map)));
    }

    private static Statistics statistics(SpectrumImage map) {
        int channels = map.energy().channels();
        int[] hit = new int[channels];
        float[] counts = new float[channels];
        Statistics.Collector collector = new Statistics.Collector();
        boolean empty = false;
        for (int y = 0; y < map.ny(); y++) {
            for (int x = 0; x < map.nx(); x++) {
                int n = map.events(y, x, hit, counts);
                empty |= n < channels;
                for (int i = 0; i < n; i++) {
                    collector.add(counts[i]);
                }
            }
        }
        if (empty) {
            collector.add(0);
        }
        return collector.get();
    }

    /** An angle for a file's name: {@code -70}, {@code 4.67}. */
    private static String short2(double angle) {
        BigDecimal rounded =
                BigDecimal.valueOf(angle).setScale(2, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    /**
     * Refuses a folder that {@link #write} would refuse, before any work is done; it is made if it is not there.
     *
     * @throws InputException if it cannot be written or holds anything but an earlier simulation
     */
    public static void requireRoom(Path folder) {
        ResultFiles.create(folder);
        if (!isEmpty(folder) && !Files.exists(folder.resolve("truth").resolve(TwinTruth.FILE))) {
            throw new InputException(
                    folder + " is not empty and holds no earlier simulation; it is left as it is: give another folder");
        }
    }

    private static void makeRoom(Path folder) {
        requireRoom(folder);
        for (String own : OWN) {
            remove(folder.resolve(own));
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read: " + Reason.of(e), e);
        }
    }

    private static void remove(Path tree) {
        if (!Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(tree + " cannot be replaced: " + Reason.of(e), e);
        }
    }

    private static void writeAll(List<Runnable> files, int threads, Progress progress) {
        AtomicInteger done = new AtomicInteger();
        Slabs.of(threads).run(files.size(), i -> {
            progress.check();
            files.get(i).run();
            progress.report("writing the experiment", (double) done.incrementAndGet() / files.size());
        });
    }

    /** A number as all machines write it. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
