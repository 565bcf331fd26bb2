package org.hyalite.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hyalite.physics.Element;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command is asked about that judges one aligned series, or the sample of an experiment. */
final class SeriesOrExperiment {
    @Parameters(
            paramLabel = "SERIES|experiment.yaml",
            description = "tilt series, aligned, with its angles; or an experiment, whose sample is judged")
    Path target = Path.of("");

    @Option(names = "--elements", paramLabel = "EL", split = ",", description = "of an experiment (default: all)")
    List<String> elements = List.of();

    @Option(names = "--tilt-axis", paramLabel = "AXIS", description = "of a series: y (default), or x")
    Optional<TiltAxis> tiltAxis = Optional.empty();

    Path target() {
        return target;
    }

    boolean axisIsX() {
        return tiltAxis.orElse(TiltAxis.Y) == TiltAxis.X;
    }

    /**
     * Whether it is an experiment.
     *
     * @param ofSeries further options that belong to a series, as {@code --NAME} to whether they were given
     * @throws InputException if an option of the one was given with the other
     */
    boolean isExperiment(Map<String, Boolean> ofSeries) {
        String name = target.toString().toLowerCase(Locale.ROOT);
        boolean experiment = name.endsWith(".yaml") || name.endsWith(".yml");
        if (experiment && tiltAxis.isPresent()) {
            throw belongsToSeries("--tilt-axis");
        }
        ofSeries.forEach((option, given) -> {
            if (experiment && given) {
                throw belongsToSeries(option);
            }
        });
        if (!experiment && !elements.isEmpty()) {
            throw new InputException("--elements belong to an experiment.yaml, not to " + target);
        }
        return experiment;
    }

    private InputException belongsToSeries(String option) {
        return new InputException(option + " belongs to a series, not to " + target);
    }

    /** The elements chosen; empty: all. */
    List<Element> elements() {
        try {
            return elements.stream().map(Element::of).toList();
        } catch (IllegalArgumentException e) {
            throw new InputException("--elements: " + e.getMessage(), e);
        }
    }
}
