package org.hyalite.study;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.grid.Image;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Selection;
import org.hyalite.io.format.Signal;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.io.ripple.RippleWriter;
import org.hyalite.io.zarr.ZspyWriter;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ObjectNode;

/** Writes what a file holds in another format. */
public final class Conversion {
    private Conversion() {}

    /**
     * Converts a file; what the target's format cannot hold is refused, never dropped silently.
     *
     * @param wanted the name of the signal, where the file holds several that the target could take
     * @param part frames and detectors to read
     */
    public static void convert(Path in, Path out, Optional<String> wanted, Selection part) {
        Outputs.requireOther(in, out);
        Recording recording = MicroscopeFile.open(in, part);
        String name = out.getFileName().toString().toLowerCase(Locale.ROOT);
        switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "zspy" ->
                ZspyWriter.write(
                        out,
                        wanted.isEmpty()
                                ? recording.signals()
                                : List.of(one(recording, wanted, List.of(Signal.Data.class))));
            case "mrc" -> mrc(recording, wanted, out);
            case "rpl" -> RippleWriter.write(out, one(recording, wanted, List.of(Signal.Maps.class)));
            case "csv" -> csv(recording, wanted, out);
            case "json" -> json(recording, wanted, out);
            default -> throw new InputException(out + ": unknown ending; write .zspy, .mrc, .rpl, .csv or .json");
        }
    }

    private static Signal one(Recording recording, Optional<String> wanted, List<Class<? extends Signal.Data>> kinds) {
        List<Signal> fitting = recording.signals().stream()
                .filter(s -> kinds.stream().anyMatch(k -> k.isInstance(s.data())))
                .filter(s -> wanted.isEmpty() ? !s.isLiveTime() : wanted.get().equalsIgnoreCase(s.name()))
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        String names = String.join(
                ", ",
                recording.signals().stream()
                        .map(s -> s.data().kind() + " '" + s.name() + "'")
                        .toList());
        throw new InputException(recording.file() + ": holds " + names + "; " + fitting.size()
                + " of them can be written so" + (fitting.isEmpty() ? "" : ": choose with --signal"));
    }

    private static void mrc(Recording recording, Optional<String> wanted, Path out) {
        Signal signal = one(recording, wanted, List.of(Signal.Picture.class, Signal.Stack.class));
        if (signal.data() instanceof Signal.Picture picture) {
            MrcWriter.writeStack(out, List.of(picture.image()));
            return;
        }
        List<Image> images = signal.as(Signal.Stack.class).orElseThrow().images();
        Optional<List<Double>> tilts = signal.acquisition().numbers(Key.TILTS);
        if (tilts.isPresent() && images.get(0).pixelNm() > 0) {
            double[] angles =
                    tilts.get().stream().mapToDouble(Double::doubleValue).toArray();
            MrcWriter.writeSeries(out, TiltSeries.of(TiltGeometry.of(angles), images));
        } else {
            MrcWriter.writeStack(out, images);
        }
    }

    private static void csv(Recording recording, Optional<String> wanted, Path out) {
        Signal signal = one(recording, wanted, List.of(Signal.SingleSpectrum.class, Signal.Picture.class));
        AtomicWrite.file(out, stream -> {
            Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            if (signal.data() instanceof Signal.SingleSpectrum single) {
                writeSpectrum(writer, single.spectrum());
            } else {
                writeImage(writer, signal.as(Signal.Picture.class).orElseThrow().image());
            }
            writer.flush();
        });
    }

    private static void writeSpectrum(Writer writer, Spectrum spectrum) throws IOException {
        writer.write("energy_keV,counts\n");
        for (int c = 0; c < spectrum.counts().length; c++) {
            writer.write(spectrum.axis().energyKeV(c) + "," + spectrum.counts()[c] + "\n");
        }
    }

    private static void writeImage(Writer writer, Image image) throws IOException {
        for (int y = 0; y < image.ny(); y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < image.nx(); x++) {
                row.append(x == 0 ? "" : ",").append(image.at(y, x));
            }
            writer.write(row.append('\n').toString());
        }
    }

    private static void json(Recording recording, Optional<String> wanted, Path out) {
        ObjectNode json = RecordingReport.toJson(recording);
        List<Signal> spectra = recording.of(Signal.SingleSpectrum.class).stream()
                .filter(s -> wanted.isEmpty() || wanted.get().equalsIgnoreCase(s.name()))
                .toList();
        if (spectra.size() == 1) {
            Spectrum spectrum =
                    spectra.get(0).as(Signal.SingleSpectrum.class).orElseThrow().spectrum();
            json.set("counts", Json.numbers(spectrum.counts()));
        }
        Json.write(out, json);
    }
}
