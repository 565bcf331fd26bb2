package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.tomo.Convergence;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One entry of {@code convergence.json}. */
final class ConvergenceReport {
    private static final double MASS_WARNING = 0.05;

    private ConvergenceReport() {}

    static ObjectNode toJson(String volume, String unit, String preset, Convergence c) {
        ObjectNode json = Json.object();
        json.put("volume", volume);
        json.put("unit", unit);
        json.put("preset", preset);
        json.put("regulariser", c.regulariser());
        json.put("data_term", c.dataTerm());
        json.put("iterations", c.iterations());
        json.put("relative_gap", c.relativeGap());
        json.put("converged", c.converged());
        json.put("weight", c.weight());
        json.put("alpha", c.alpha());
        json.put("weight_criterion", c.criterion());
        ArrayNode curve = json.putArray("weight_curve");
        c.weightCurve().forEach(p -> curve.add(Json.numbers(p.weight(), p.value())));
        ArrayNode mass = json.putArray("mass_check");
        c.massCheck()
                .forEach(p -> mass.addObject()
                        .put("tilt_deg", p.tiltDeg())
                        .put("measured", p.measured())
                        .put("reprojected", p.reprojected()));
        ArrayNode gaps = json.putArray("gaps");
        c.gaps().forEach(p -> gaps.add(Json.numbers(p.iteration(), p.relativeGap())));
        json.put("gap_headroom", c.headroom());
        json.put("kernels", c.kernels());
        json.put("seconds", c.seconds());
        return json;
    }

    static List<String> warnings(String volume, Convergence c) {
        List<String> warnings = new ArrayList<>();
        if (!c.converged()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s: not converged, relative gap %.2g after %d iterations; raise reconstruction.max_iterations",
                    volume,
                    c.relativeGap(),
                    c.iterations()));
        }
        double measured =
                c.massCheck().stream().mapToDouble(p -> Math.abs(p.measured())).sum();
        double apart = c.massCheck().stream()
                .mapToDouble(p -> Math.abs(p.measured() - p.reprojected()))
                .sum();
        if (apart > MASS_WARNING * measured) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s: mass check: measured and reprojected totals differ by %.1f %% on average",
                    volume,
                    100 * apart / measured));
        }
        return warnings;
    }
}
