package org.hyalite.study;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.grid.LevelSurface;
import org.hyalite.grid.Volume;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Signal;
import org.hyalite.io.surface.SurfaceWriter;
import org.hyalite.study.recipe.InputException;

/** Writes the surface at which a volume crosses a level. */
final class SurfaceConversion {
    /** What a collector needs to move things about, and what the rest of the program holds. */
    private static final double ROOM = 1.1;

    private static final long REST = 48L << 20;

    private SurfaceConversion() {}

    /**
     * Writes a surface.
     *
     * @param in where the volume comes from, for messages
     * @param level in the volume's unit; refused, with the values there are, if it is missing or outside of them
     */
    static void write(Path in, Signal signal, Optional<Double> level, Path out) {
        Volume volume = volume(in, signal);
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (float[] block : volume.blocks()) {
            for (float v : block) {
                if (!Float.isFinite(v)) {
                    throw new InputException(in + ": the volume has a voxel of value " + v + ", which has no inside");
                }
                min = Math.min(min, v);
                max = Math.max(max, v);
            }
        }
        String between = "between " + min + " and " + max + ", the least and the greatest value of the volume";
        if (level.isEmpty()) {
            throw new InputException(in + ": a surface needs a level: give --level " + between);
        }
        if (!(level.get() >= min && level.get() < max)) {
            throw new InputException(in + ": no surface at --level " + level.get() + ": it must lie " + between);
        }
        requireRoom(
                in,
                volume,
                level.get(),
                LevelSurface.size(volume, level.get()),
                Runtime.getRuntime().maxMemory());
        String about = signal.name().isBlank() ? String.valueOf(in.getFileName()) : signal.name();
        SurfaceWriter.write(out, LevelSurface.of(volume, level.get()), about + " at " + level.get());
    }

    static void requireRoom(Path in, Volume volume, double level, LevelSurface.Size size, long allowed) {
        double needed = ROOM * (size.bytes() + 2.0 * Float.BYTES * volume.size()) + REST;
        if (!size.fits() || needed > allowed) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s: the surface at --level %s has %d triangles and needs %.3g GB of memory; %s: choose a level that"
                            + " cuts less noise, or smooth or bin the volume",
                    in,
                    level,
                    size.triangles(),
                    needed / 1e9,
                    size.fits()
                            ? String.format(Locale.ROOT, "%.3g GB may be used", allowed / 1e9)
                            : "a mesh holds 715 million at most"));
        }
    }

    private static Volume volume(Path in, Signal signal) {
        Axis z = signal.axes().get(0);
        Axis x = signal.axes().get(2);
        Signal.Stack stack = signal.as(Signal.Stack.class).orElseThrow();
        if (!(stack.images().get(0).pixelNm() > 0)) {
            throw new InputException(in + ": gives no voxel size, so that a surface would have none");
        }
        if (Math.abs(z.scale() - x.scale()) > 1e-3 * x.scale()) {
            throw new InputException(in + ": its voxels are " + z.scale() + " " + z.unit() + " along z and " + x.scale()
                    + " " + x.unit() + " along x; a surface needs cubes");
        }
        return Stacks.volume(stack.images());
    }
}
