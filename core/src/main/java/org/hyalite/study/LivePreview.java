package org.hyalite.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hyalite.grid.Volume;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.mrc.MrcSections;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.progress.Progress;
import org.hyalite.tomo.Onlooker;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Coarse volumes of the elements while they are reconstructed: means of cubes of voxels, at most 64³, in {@code live/} of the
 * results folder as {@code density_EL.mrc}. They come at most every three seconds and take at most a hundredth of the time.
 */
final class LivePreview implements Onlooker {
    static final String FOLDER = "live";
    private static final int EDGE = 64;
    private static final double EVERY_NS = 3e9;
    private static final double SHARE = 0.01;
    private static final Pattern ELEMENT = Pattern.compile("(density|uncorrected)_([A-Z][a-z]?)(_[0-9]+)?[.]mrc");
    private static final Pattern OWN = Pattern.compile("[.]?density_[A-Z][a-z]?[.]mrc([.]part)?");

    private final Progress inner;
    private final List<Path> files;
    private final double besideShare;
    private long last = System.nanoTime();
    private double cost;
    private boolean refused;

    private LivePreview(Progress inner, List<Path> files, double besideShare) {
        this.inner = inner;
        this.files = files;
        this.besideShare = besideShare;
    }

    /**
     * Progress of a reconstruction that leaves previews, if it is one of elements.
     *
     * @param volumes the files that are to be made, {@code sample/density_EL.mrc}
     * @param beside columns of the volumes on either side of the field
     * @param columns of the field
     */
    static Progress watch(Progress inner, List<Path> volumes, int beside, int columns) {
        List<Path> files = new ArrayList<>();
        for (Path volume : volumes) {
            Matcher matcher = ELEMENT.matcher(volume.getFileName().toString());
            Path folder = volume.toAbsolutePath().getParent().getParent();
            if (!matcher.matches() || folder == null) {
                return inner;
            }
            files.add(folder.resolve(FOLDER).resolve("density_" + matcher.group(2) + ".mrc"));
        }
        return new LivePreview(inner, files, (double) beside / (columns + 2 * beside));
    }

    @Override
    public void report(String task, double fraction) {
        inner.report(task, fraction);
    }

    @Override
    public boolean cancelled() {
        return inner.cancelled();
    }

    @Override
    public boolean curious() {
        return !refused && System.nanoTime() - last >= Math.max(EVERY_NS, cost / SHARE);
    }

    @Override
    public void look(List<Volume> iterates, double[] units) {
        if (iterates.size() != files.size()) {
            return;
        }
        long start = System.nanoTime();
        try {
            for (int i = 0; i < files.size(); i++) {
                MrcWriter.writeVolume(files.get(i), coarse(iterates.get(i), units[i]));
            }
        } catch (UncheckedIOException | IllegalArgumentException e) {
            refused = true; // no preview can be written; the reconstruction goes on all the same
        }
        last = System.nanoTime();
        cost = last - start;
    }

    /** What lies in the field, in cubes so large that at most 64 fit along an edge; the rest of a last cube is left out. */
    private Volume coarse(Volume volume, double unit) {
        int beside = (int) Math.round(besideShare * volume.nx());
        int columns = volume.nx() - 2 * beside;
        int largest = Math.max(volume.nz(), Math.max(volume.ny(), columns));
        Volume coarse = volume.columns(beside, columns).binned((largest + EDGE - 1) / EDGE);
        for (float[] block : coarse.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (float) (unit * block[i]);
            }
        }
        return coarse;
    }

    private static List<Path> there(Path folder) {
        Path live = folder.resolve(FOLDER);
        if (!Files.isDirectory(live)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(live)) {
            return all.filter(p -> OWN.matcher(p.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Removes what is there; anything else in {@code live/} is somebody else's and stays. */
    static void remove(Path folder) {
        try {
            for (Path file : there(folder)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder.resolve(FOLDER));
        } catch (IOException e) {
            // somebody else's files are in it, or it cannot be removed: nothing depends on it
        }
    }

    /** Changes whenever a preview does. */
    static String revision(Path folder) {
        StringBuilder all = new StringBuilder();
        for (Path file : there(folder)) {
            try {
                all.append(file.getFileName())
                        .append(Files.getLastModifiedTime(file).toMillis())
                        .append(' ');
            } catch (IOException e) {
                all.append("gone ");
            }
        }
        return all.isEmpty() ? "" : Integer.toHexString(all.toString().hashCode());
    }

    /** {@code {revision, volumes: [{path, name, element, shape, voxel_nm}]}}; empty if nothing is there. */
    static Optional<ObjectNode> json(Path folder) {
        ObjectNode json = Json.object().put("revision", revision(folder));
        ArrayNode volumes = json.putArray("volumes");
        for (Path file : there(folder)) {
            Matcher matcher = ELEMENT.matcher(file.getFileName().toString());
            if (!matcher.matches()) {
                continue;
            }
            try {
                MrcSections sections = MrcSections.of(file);
                ObjectNode volume = volumes.addObject()
                        .put("path", FOLDER + "/" + file.getFileName())
                        .put("name", matcher.group(2))
                        .put("element", matcher.group(2));
                volume.set(
                        "shape",
                        Json.array().add(sections.planes()).add(sections.ny()).add(sections.nx()));
                sections.pixelNm().ifPresent(nm -> volume.put("voxel_nm", nm));
            } catch (MicroscopeFileException e) {
                continue; // it was replaced or removed meanwhile
            }
        }
        return volumes.isEmpty() ? Optional.empty() : Optional.of(json);
    }
}
