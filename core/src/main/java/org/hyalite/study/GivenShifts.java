package org.hyalite.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyalite.align.ManualShifts;
import org.hyalite.align.Refused;
import org.hyalite.io.format.Reason;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ArrayNode;

/** What the user said of single images, read and put on record. */
final class GivenShifts {
    private static final long LONGEST_FILE = 16L << 20;
    private static final double SAME_TILT_DEG = 0.5;

    private GivenShifts() {}

    /** Reads a table of overrides and notes it as the user's. */
    static ManualShifts read(StudyRecord record, String role, Path file) {
        ManualShifts manual;
        try {
            if (Files.isRegularFile(file) && Files.size(file) > LONGEST_FILE) {
                throw new InputException(file + ": " + Files.size(file) + " bytes are no table of shifts");
            }
            manual = ManualShifts.read(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read as text: " + Reason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
        record.input(role + ".alignment.override", file);
        List<Double> moved = manual.given().stream()
                .filter(g -> !Double.isNaN(g.shiftYPx()) || !Double.isNaN(g.shiftXPx()))
                .map(ManualShifts.Given::tiltDeg)
                .toList();
        record.parameter(role + ".alignment.shifts_given_tilts", moved, "deg", Origin.USER, file.toString());
        return manual;
    }

    /** Refuses a table that moves an image which is not used. */
    static void requireUsed(ManualShifts manual, List<Refused> refused) {
        for (ManualShifts.Given row : manual.given()) {
            for (Refused image : refused) {
                if (Math.abs(image.tiltDeg() - row.tiltDeg()) <= SAME_TILT_DEG) {
                    throw new IllegalArgumentException("alignment.override names the image at " + image.tiltDeg()
                            + "°, which is not used: " + image.reason()
                            + "; take its row out, or give all shifts with 'file', which refuses none");
                }
            }
        }
    }

    /** As {@code alignment.json} holds it; null for what stayed as found. */
    static ArrayNode toJson(ManualShifts manual) {
        ArrayNode all = Json.array();
        for (ManualShifts.Given g : manual.given()) {
            var row = all.addObject();
            row.put("tilt_deg", g.tiltDeg());
            put(row, "shift_y_px", g.shiftYPx());
            put(row, "shift_x_px", g.shiftXPx());
            put(row, "gain", g.gain());
        }
        return all;
    }

    private static void put(tools.jackson.databind.node.ObjectNode row, String key, double value) {
        if (Double.isNaN(value)) {
            row.putNull(key);
        } else {
            row.put(key, value);
        }
    }
}
