package org.hyalite.study;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hyalite.grid.Image;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Selection;
import org.hyalite.io.format.Signal;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.io.msa.MsaWriter;
import org.hyalite.io.ripple.RippleWriter;
import org.hyalite.io.surface.SurfaceWriter;
import org.hyalite.io.tiff.TiffWriter;
import org.hyalite.io.zarr.OmeZarrWriter;
import org.hyalite.io.zarr.ZspyWriter;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ObjectNode;

/** Writes what a file holds in another format. */
public final class Conversion {
    private Conversion() {}

    /**
     * Converts a file; data that the target's format cannot hold are refused.
     *
     * @param wanted the name of the signal, where the file holds several that the target could take
     * @param part frames and detectors to read
     * @return a line for what is known of the recording and a Ripple or EMSA/MAS file cannot hold
     */
    public static List<String> convert(Path in, Path out, Optional<String> wanted, Selection part) {
        return convert(in, out, wanted, part, Optional.empty());
    }

    /**
     * The same, also to the surface of a volume.
     *
     * @param level where the surface lies, in the volume's unit; for surfaces alone
     */
    public static List<String> convert(
            Path in, Path out, Optional<String> wanted, Selection part, Optional<Double> level) {
        Outputs.requireOther(in, out);
        if (level.isPresent() && !SurfaceWriter.writes(out)) {
            throw new InputException(out + ": --level is for surfaces: .ply, .stl and .glb");
        }
        Recording recording = MicroscopeFile.open(in, part);
        String name = out.getFileName().toString().toLowerCase(Locale.ROOT);
        List<String> notes = new ArrayList<>();
        switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "zspy" ->
                ZspyWriter.write(
                        out,
                        wanted.isEmpty()
                                ? recording.signals()
                                : List.of(one(recording, wanted, List.of(Signal.Data.class))));
            case "mrc" -> mrc(recording, wanted, out);
            case "rpl" -> {
                Signal signal = one(recording, wanted, List.of(Signal.Maps.class));
                RippleWriter.write(out, signal);
                note(notes, out, RippleWriter.leftOut(signal.acquisition()));
            }
            case "msa" -> {
                Signal signal = one(recording, wanted, List.of(Signal.SingleSpectrum.class, Signal.Maps.class));
                MsaWriter.write(out, signal);
                note(notes, out, MsaWriter.leftOut(signal.acquisition()));
            }
            case "tif", "tiff" -> tiff(recording, wanted, out);
            case "zarr" -> omeZarr(recording, wanted, out);
            case "ply", "stl", "glb" -> SurfaceConversion.write(in, oneVolume(recording, wanted), level, out);
            case "csv" -> csv(recording, wanted, out);
            case "json" -> json(recording, wanted, out);
            default ->
                throw new InputException(out + ": unknown ending; write .zspy, .mrc, .tif, .ome.tif, .ome.zarr, .rpl,"
                        + " .msa, .ply, .stl, .glb, .csv or .json");
        }
        return notes;
    }

    private static void note(List<String> notes, Path out, Set<Key> leftOut) {
        if (!leftOut.isEmpty()) {
            notes.add(out + " cannot hold "
                    + leftOut.stream().map(Key::label).collect(Collectors.joining(", "))
                    + ": left out; a .zspy keeps all");
        }
    }

    private static Signal one(Recording recording, Optional<String> wanted, List<Class<? extends Signal.Data>> kinds) {
        List<Signal> fitting = fitting(recording, wanted, s -> kinds.stream().anyMatch(k -> k.isInstance(s.data())));
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        throw refused(recording, fitting);
    }

    private static Signal oneVolume(Recording recording, Optional<String> wanted) {
        List<Signal> fitting =
                fitting(recording, wanted, s -> s.data() instanceof Signal.Stack stack && stack.volume());
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        throw refused(recording, fitting);
    }

    private static List<Signal> fitting(Recording recording, Optional<String> wanted, Predicate<Signal> fits) {
        return recording.signals().stream()
                .filter(fits)
                .filter(s -> wanted.isEmpty() ? !s.isLiveTime() : wanted.get().equalsIgnoreCase(s.name()))
                .toList();
    }

    private static InputException refused(Recording recording, List<Signal> fitting) {
        String names = String.join(
                ", ",
                recording.signals().stream()
                        .map(s -> s.data().kind() + " '" + s.name() + "'")
                        .toList());
        return new InputException(recording.file() + ": holds " + names + "; " + fitting.size()
                + " of them can be written so" + (fitting.isEmpty() ? "" : ": choose with --signal"));
    }

    /** Signals that can be the channels of one image: all that fit, if they are of one kind and shape. */
    private static List<Signal> channels(Recording recording, Optional<String> wanted, Predicate<Signal> fits) {
        List<Signal> fitting = fitting(recording, wanted, fits);
        boolean alike =
                fitting.stream().map(s -> s.data().kind() + s.axes()).distinct().count() == 1;
        if (!alike) {
            throw refused(recording, fitting);
        }
        return fitting;
    }

    private static void tiff(Recording recording, Optional<String> wanted, Path out) {
        TiffWriter.write(
                out,
                TiffWriter.isOme(out)
                        ? channels(
                                recording,
                                wanted,
                                s -> s.data() instanceof Signal.Picture || s.data() instanceof Signal.Stack)
                        : List.of(one(recording, wanted, List.of(Signal.Picture.class, Signal.Stack.class))));
    }

    private static void omeZarr(Recording recording, Optional<String> wanted, Path out) {
        List<Signal> volumes = channels(
                recording,
                wanted,
                s -> s.data() instanceof Signal.Picture || s.data() instanceof Signal.Stack stack && stack.volume());
        List<OmeZarrWriter.Channel> channels = new ArrayList<>();
        for (Signal signal : volumes) {
            List<Image> planes = planes(signal);
            channels.add(new OmeZarrWriter.Channel(
                    signal.name(), (z, y, x) -> planes.get(z).at(y, x)));
        }
        Signal first = volumes.get(0);
        Image image = planes(first).get(0);
        Axis slowest = first.axes().get(0);
        double z = slowest.name().equals("z") && slowest.unit().equals("nm") ? slowest.scale() : image.pixelNm();
        OmeZarrWriter.write(
                out,
                volumes.size() == 1 ? first.name() : "",
                channels,
                new int[] {planes(first).size(), image.ny(), image.nx()},
                new double[] {z, image.pixelNm(), image.pixelNm()},
                "");
    }

    private static List<Image> planes(Signal signal) {
        return signal.data() instanceof Signal.Picture picture
                ? List.of(picture.image())
                : signal.as(Signal.Stack.class).orElseThrow().images();
    }

    private static void mrc(Recording recording, Optional<String> wanted, Path out) {
        Signal signal = one(recording, wanted, List.of(Signal.Picture.class, Signal.Stack.class));
        if (signal.data() instanceof Signal.Picture picture) {
            MrcWriter.writeStack(out, List.of(picture.image()));
            return;
        }
        List<Image> images = signal.as(Signal.Stack.class).orElseThrow().images();
        Optional<List<Double>> tilts = signal.acquisition().numbers(Key.TILTS);
        boolean volume = signal.as(Signal.Stack.class).orElseThrow().volume();
        if (volume && images.get(0).pixelNm() > 0 && cubic(signal)) {
            MrcWriter.writeVolume(out, Stacks.volume(images));
        } else if (tilts.isPresent() && images.get(0).pixelNm() > 0) {
            double[] angles =
                    tilts.get().stream().mapToDouble(Double::doubleValue).toArray();
            MrcWriter.writeSeries(out, TiltSeries.of(TiltGeometry.of(angles), images));
        } else {
            MrcWriter.writeStack(out, images);
        }
    }

    private static boolean cubic(Signal volume) {
        double z = volume.axes().get(0).scale();
        double x = volume.axes().get(2).scale();
        return Math.abs(z - x) <= 1e-3 * x;
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
                .filter(s -> wanted.isEmpty() ? !s.isLiveTime() : wanted.get().equalsIgnoreCase(s.name()))
                .toList();
        if (spectra.size() == 1) {
            Spectrum spectrum =
                    spectra.get(0).as(Signal.SingleSpectrum.class).orElseThrow().spectrum();
            json.set("counts", Json.numbers(spectrum.counts()));
        }
        Json.write(out, json);
    }
}
