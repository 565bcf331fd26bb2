package org.hyalite.study;

import java.util.List;
import org.hyalite.align.Alignment;
import org.hyalite.align.AlignmentQuality;
import org.hyalite.align.Refused;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An alignment as {@code alignment.json} tells it. */
final class AlignmentReport {
    private AlignmentReport() {}

    static ObjectNode toJson(Alignment alignment, List<Refused> refused) {
        ObjectNode json = toJson(alignment);
        ArrayNode left = json.putArray("refused");
        for (Refused image : refused) {
            left.addObject().put("tilt_deg", image.tiltDeg()).put("reason", image.reason());
        }
        return json;
    }

    private static ObjectNode toJson(Alignment alignment) {
        ObjectNode json = Json.object();
        json.put("axis_offset_px", alignment.axisOffsetPx());
        json.put("axis_rotation_deg", alignment.axisRotationDeg());
        json.put("method", alignment.method());
        json.set("tilts_deg", Json.numbers(alignment.tiltsDeg()));
        json.set("residuals_px", Json.numbers(alignment.residualsPx()));
        alignment.quality().ifPresent(quality -> add(json, quality));
        ArrayNode warnings = json.putArray("warnings");
        alignment.warnings().forEach(warnings::add);
        return json;
    }

    private static void add(ObjectNode json, AlignmentQuality quality) {
        if (Double.isFinite(quality.rotationErrorDeg())) {
            json.put("axis_rotation_standard_error_deg", quality.rotationErrorDeg());
        }
        if (quality.residualPx().length == 0) {
            return;
        }
        ObjectNode refinement = json.putObject("refinement");
        refinement.put("method", "projection matching");
        refinement.set("residuals_before_px", Json.numbers(quality.residualBeforePx()));
        refinement.set("residuals_after_px", Json.numbers(quality.residualPx()));
        refinement.set("unexplained_share", Json.numbers(quality.unexplained()));
        refinement.set("shift_y_standard_error_px", Json.numbers(quality.errorYPx()));
        refinement.set("shift_x_standard_error_px", Json.numbers(quality.errorXPx()));
    }
}
