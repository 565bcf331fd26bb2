package org.hyalite.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.phase.ErfEdge;
import org.hyalite.phase.InterfaceWidth;
import org.hyalite.phase.MixingTest;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A null control as {@code null_control.json} holds it, and in words. */
final class NullControlReport {
    static final double TEN_TO_NINETY = ErfEdge.TEN_TO_NINETY;

    private NullControlReport() {}

    static ObjectNode toJson(NullControl.Outcome outcome, int replicas) {
        ObjectNode json = Json.object();
        MixingTest test = outcome.round().test();
        json.put("verdict", verdict(outcome));
        json.put("mixed", test.mixed());
        json.put("p", test.p());
        json.put("replicas", replicas);
        json.put("statistic", "mean of 4 X (1 - X) over atoms at least so many voxels within their side");
        json.put("depth_voxels", outcome.depth());
        ArrayNode rounds = json.putArray("depths");
        for (NullControl.Round round : outcome.rounds()) {
            ObjectNode node = rounds.addObject();
            node.put("depth_voxels", round.measured().depth());
            node.put("voxels", round.measured().voxels());
            node.put("mixedness", round.measured().value());
            node.set("mixedness_of_null", Json.numbers(round.pure()));
            node.set("mixedness_of_null_of_null", Json.numbers(round.again()));
            node.put("log_mixedness", round.test().measured());
            node.put("log_mixedness_expected", round.test().expected());
            node.put("log_mixedness_sd", round.test().standardDeviation());
            node.put("degrees_of_freedom", round.test().degrees());
            node.put("p", round.test().p());
        }
        ObjectNode atoms = json.putObject("atoms");
        outcome.atoms()
                .forEach((element, of) ->
                        atoms.putObject(element.symbol()).put("measured", of[0]).put("of_null", of[1]));
        outcome.width().ifPresent(w -> {
            ObjectNode node = json.putObject("interface");
            node.put("sigma_voxels", w.sigma());
            node.put("sigma_error_voxels", w.sigmaError());
            reference(outcome).ifPresent(n -> node.put("sigma_of_null_voxels", n.sigma()));
            outcome.surface().ifPresent(n -> node.put("sigma_of_surface_voxels", n.sigma()));
        });
        return json;
    }

    /** Of the null particles' interfaces the one of middle width: what a sharp interface looks like here. */
    static Optional<InterfaceWidth> reference(NullControl.Outcome outcome) {
        List<InterfaceWidth> widths = new ArrayList<>(outcome.nullWidths());
        widths.sort(Comparator.comparingDouble(InterfaceWidth::sigma));
        return widths.isEmpty() ? Optional.empty() : Optional.of(widths.get(widths.size() / 2));
    }

    /** For people, with the verdict's limits. */
    static String verdict(NullControl.Outcome outcome) {
        MixingTest test = outcome.round().test();
        double nm = outcome.diagram().density().voxelNm();
        return String.format(
                Locale.ROOT,
                "%s (p = %.2g): mixedness %.4f, %.4f expected of pure phases (%d replicas, %d voxels deep). Pure domains"
                        + " smaller than about %d voxels (%.0f nm) look like mixing; so would a systematic error of the"
                        + " counts' background.",
                test.mixed() ? "more mixed than blur explains" : "no more mixed than blur explains",
                test.p(),
                outcome.round().measured().value(),
                Math.exp(test.expected()),
                test.degrees() + 1,
                outcome.depth(),
                2 * outcome.depth(),
                2 * outcome.depth() * nm);
    }
}
