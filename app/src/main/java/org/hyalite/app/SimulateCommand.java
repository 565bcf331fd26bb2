package org.hyalite.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.study.Json;
import org.hyalite.study.TwinFiles;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Writes an experiment as a day at the microscope leaves it, with the truth beside it.",
        footer = {"", "Example:  hyalite simulate --kind flux --seed 3 -o twin"})
final class SimulateCommand implements Callable<Integer> {
    @Option(names = "--kind", paramLabel = "KIND", description = "segregated (default) or flux")
    String kind = "segregated";

    @Option(names = "--size", paramLabel = "N", description = "pixels along the edge of a map")
    Optional<Integer> size = Optional.empty();

    @Option(names = "--tilts", paramLabel = "N", description = "number of tilts (default: 15, −70° … 70°)")
    Optional<Integer> tilts = Optional.empty();

    @Option(names = "--dose", paramLabel = "E", description = "electrons per pixel and tilt")
    Optional<Double> dose = Optional.empty();

    @Option(names = "--seed", paramLabel = "S", description = "another seed, another particle (default: 1)")
    long seed = 1;

    @Option(names = "--json", description = "machine-readable summary")
    boolean json;

    @Option(names = "--no-misalignment", description = "no shifts, the axis in the middle and upright")
    boolean noMisalignment;

    @Option(names = "--noise-free", description = "expected counts instead of counted ones")
    boolean noiseFree;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "folder to write")
    Path output = Path.of("");

    @Mixin
    ThreadOption threads = new ThreadOption();

    @Override
    public Integer call() {
        TwinSettings settings = settings();
        int workers = threads.number();
        TwinFiles.requireRoom(output);
        Work.watched(Work.NOTHING_KEPT, console -> {
            TwinFiles.write(Twin.simulate(settings, workers, console), output, workers, console);
            return output;
        });
        if (json) {
            ObjectNode said = Json.object();
            said.put("experiment", output.resolve("experiment.yaml").toString());
            said.put("truth", output.resolve("truth").toString());
            said.put("seed", seed);
            System.out.print(Json.text(said));
        }
        System.err.println(
                "wrote " + output + "; next: hyalite run " + output.resolve("experiment.yaml") + " -o results");
        return Main.OK;
    }

    private TwinSettings settings() {
        try {
            TwinSettings settings = TwinSettings.of(TwinSettings.Kind.of(kind)).withSeed(seed);
            settings = size.map(settings::withSize).orElse(settings);
            settings = tilts.map(settings::withTilts).orElse(settings);
            settings = dose.map(settings::withElectrons).orElse(settings);
            settings = noMisalignment ? settings.withoutMisalignment() : settings;
            return noiseFree ? settings.noiseFree() : settings;
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }
}
