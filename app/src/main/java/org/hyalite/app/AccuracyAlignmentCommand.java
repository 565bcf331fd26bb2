package org.hyalite.app;

import java.util.List;
import java.util.concurrent.Callable;
import org.hyalite.study.AlignmentAccuracy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "alignment",
        mixinStandardHelpOptions = true,
        description =
                "Aligns simulated ADF series, before and after the refinement, and holds shifts and tilt axis against the truth.",
        footer = {"", "Example:  hyalite accuracy alignment --kind flux --tilts 15,31"})
final class AccuracyAlignmentCommand implements Callable<Integer> {
    @Mixin
    TwinOptions twins = new TwinOptions();

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "pixels along the edge of an image (default: 96, of 4 nm)")
    int size = 96;

    @Option(names = "--tilts", paramLabel = "N", split = ",", description = "numbers of tilts (default: 15,31)")
    List<Integer> tilts = List.of(15, 31);

    @Override
    public Integer call() {
        AlignmentAccuracy.Request request =
                new AlignmentAccuracy.Request(twins.kinds(), twins.seeds(), tilts, size, twins.threads.number());
        return Work.show(twins.json, Work.NOTHING_KEPT, console -> AlignmentAccuracy.run(request, console));
    }
}
