package org.hyalite.study;

import java.util.Locale;
import org.hyalite.calibrate.EdgeSpreadFit;
import org.hyalite.calibrate.ThresholdUncertainty;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code threshold.json} holds: the threshold, the ΔV curve and its fit, and the volumes of the alternatives. */
final class ThresholdReport {
    private ThresholdReport() {}

    static ObjectNode toJson(EdgeSpreadFit fit, ThresholdUncertainty uncertainty) {
        ObjectNode json = Json.object();
        json.put("threshold", fit.threshold());
        json.set("threshold_interval95", Json.numbers(uncertainty.low(), uncertainty.high()));
        json.put("threshold_sd", uncertainty.sd());
        json.put("sigmoid_share_of_draws", uncertainty.sigmoids());
        json.put("volume_relative_change_per_threshold", uncertainty.volumePerThreshold());
        json.put("volume_relative_sd_by_threshold", uncertainty.volumeRelativeSd());
        json.put("thickness_relative_sd_by_threshold", uncertainty.thicknessRelativeSd());
        json.put("thickness_relative_sd_by_surface", uncertainty.surfaceRelativeSd());
        ArrayNode alarms = json.putArray("alarms");
        uncertainty.alarms().forEach(alarms::add);
        json.put("choice", fit.choice().name().toLowerCase(Locale.ROOT));
        json.put("reason", fit.reason());
        json.put("vacuum_level", fit.vacuumLevel());
        json.put("particle_level", fit.particleLevel());
        ArrayNode levels = json.putArray("particle_levels");
        fit.particleLevels().forEach(levels::add);
        json.put("half_way_threshold", fit.halfWayThreshold());
        json.put("half_way_volume_nm3", fit.volumeHalfWayNm3());
        json.put("otsu_threshold", fit.otsuThreshold());
        json.put("otsu_volume_nm3", fit.volumeOtsuNm3());
        fit.volumeSteepestNm3().ifPresent(v -> json.put("steepest_point_volume_nm3", v));
        fit.sigmoid()
                .ifPresent(s -> json.putObject("sigmoid")
                        .put("a", s.a())
                        .put("b", s.b())
                        .put("centre", s.centre())
                        .put("width", s.width())
                        .put("r_squared", s.rSquared()));
        ObjectNode curve = json.putObject("curve");
        curve.set("threshold", Json.numbers(fit.curve().threshold()));
        curve.set("volume_nm3", Json.numbers(fit.curve().volumeNm3()));
        curve.set("delta_nm3", Json.numbers(fit.curve().deltaNm3()));
        curve.set("mean_thickness_nm", Json.numbers(fit.curve().meanThicknessNm()));
        return json;
    }
}
