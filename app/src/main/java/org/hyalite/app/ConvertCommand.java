package org.hyalite.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.study.Conversion;
import org.hyalite.study.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what a file holds in another format, by OUT's ending: .mrc, .zspy, .tif, .ome.tif, .ome.zarr (volumes),",
            ".rpl, .msa (a spectrum, or the sum of a map's), .ply, .stl, .glb (the surface of a volume at --level, in nm),",
            ".csv or .json."
        },
        footer = {
            "",
            "Example:  hyalite convert map.bcf map.zspy",
            "          hyalite convert density_Co.mrc surface.ply --level 2.4"
        })
final class ConvertCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "IN", description = "a microscope file")
    Path in = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "the file to write")
    Path out = Path.of("");

    @Option(names = "--signal", paramLabel = "NAME", description = "which signal, where the file holds several")
    Optional<String> signal = Optional.empty();

    @Option(
            names = "--level",
            paramLabel = "X",
            description = "where a surface lies, in the volume's unit; what is above is inside")
    Optional<Double> level = Optional.empty();

    @Mixin
    SelectionOptions part = new SelectionOptions();

    @Option(names = "--json", description = "machine-readable summary")
    boolean json;

    @Override
    public Integer call() {
        List<String> notes = Conversion.convert(in, out, signal, part.selection(), level);
        if (json) {
            System.out.print(Json.text(Json.object().put("in", in.toString()).put("out", out.toString())));
        }
        notes.forEach(note -> System.err.println("note: " + note));
        System.err.println("wrote " + out);
        return Main.OK;
    }
}
