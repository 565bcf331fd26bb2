package org.hyalite.study;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hyalite.phase.PhaseContact;
import org.hyalite.phase.PhaseMixture;
import org.hyalite.phase.PhaseRegion;
import org.hyalite.phase.PhaseStatistics.ElementShare;
import org.hyalite.phase.TernaryDiagram;
import org.hyalite.physics.Element;
import org.hyalite.study.PhaseStep.Found;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code phases.json}. */
final class PhaseJson {
    static final int TERNARY_STEPS = 50;

    private PhaseJson() {}

    static ObjectNode of(Found found) {
        ObjectNode json = Json.object();
        json.put("fraction_of", found.diagram().numerator().symbol());
        ArrayNode among = json.putArray("among");
        found.among().forEach(e -> among.add(e.symbol()));
        json.put("unit", found.unit());
        found.note().ifPresent(n -> json.put("note", n));
        json.put("fraction_kind", found.unit().startsWith("atoms") ? "atomic" : "counts");
        json.put("threshold_per_nm3", found.diagram().thresholdPerNm3());
        json.put("threshold_source", found.threshold().source());
        json.put("threshold_reason", found.threshold().reason());
        json.put("criterion", found.details().mixture().isPresent() ? "bic" : "hills");
        json.set("fraction_edges", Json.numbers(found.diagram().fractionEdges()));
        json.set("density_edges_per_nm3", Json.numbers(found.diagram().densityEdgesPerNm3()));
        ArrayNode volume = json.putArray("volume_nm3");
        for (double[] row : found.diagram().volumeNm3()) {
            volume.add(Json.numbers(row));
        }
        ArrayNode phases = json.putArray("phases");
        for (PhaseRegion r : found.phases().regions()) {
            ObjectNode phase = phases.addObject()
                    .put("name", r.name())
                    .put("volume_nm3", r.volumeNm3())
                    .put("fraction_mean", r.fractionMean())
                    .put("fraction_sd", r.fractionSd())
                    .put("density_mean_per_nm3", r.densityMeanPerNm3())
                    .put("density_sd_per_nm3", r.densitySdPerNm3())
                    .put("core_voxels", r.coreVoxels())
                    .put("core_depth_voxels", r.coreDepth());
            elements(phase.putObject("elements"), found.details().shares(r));
        }
        json.put("noise_source", found.details().noiseGiven() ? "sd volumes" : "neighbouring voxels");
        contacts(json.putArray("contacts"), found);
        found.phases()
                .precision()
                .ifPresent(p -> json.putObject("precision")
                        .put("fraction_2sd", p.fraction2Sd())
                        .put("density_2sd_per_nm3", p.density2SdPerNm3()));
        found.details()
                .mixture()
                .ifPresent(m -> mixture(
                        json.putObject("mixture"),
                        m,
                        found.diagram().densities().keySet().stream().toList()));
        if (!found.details().ternary().isEmpty()) {
            ternary(json.putObject("ternary"), found);
        }
        return json;
    }

    private static void elements(ObjectNode json, Map<Element, ElementShare> shares) {
        shares.forEach((element, share) -> json.putObject(element.symbol())
                .put("fraction_mean", share.fraction())
                .put("fraction_sd", share.fractionSd())
                .put("fraction_noise_sd", share.noiseSd())
                .put("density_mean_per_nm3", share.densityPerNm3())
                .put("fraction_mean_upper_95", share.meanAtMost())
                .put("fraction_voxels_95th_percentile_without_noise", share.voxelsAtMost()));
    }

    private static void contacts(ArrayNode json, Found found) {
        for (PhaseContact c : found.details().contacts()) {
            PhaseRegion a = found.phases().region(c.first()).orElseThrow();
            PhaseRegion b = found.phases().region(c.second()).orElseThrow();
            ObjectNode contact = json.addObject();
            contact.putArray("phases").add(a.name()).add(b.name());
            contact.put("area_nm2", c.areaNm2());
            ObjectNode line = contact.putObject("tie_line");
            line.set("fraction", Json.numbers(a.fractionMean(), b.fractionMean()));
            line.set("density_per_nm3", Json.numbers(a.densityMeanPerNm3(), b.densityMeanPerNm3()));
        }
    }

    private static void mixture(ObjectNode json, PhaseMixture mixture, List<Element> elements) {
        json.put(
                "criterion",
                "least BIC = -2 l n/m + p ln n; components without a deep pass between them are one phase");
        json.put("independent_voxels", mixture.independentVoxels());
        json.put("voxels_per_resolution_element", mixture.voxelsPerElement());
        json.put("components", mixture.components());
        ArrayNode curve = json.putArray("curve");
        for (PhaseMixture.Tried t : mixture.curve()) {
            curve.addObject()
                    .put("components", t.components())
                    .put("log_likelihood", t.logLikelihood())
                    .put("parameters", t.parameters())
                    .put("bic", t.bic());
        }
        json.put("interface_share", mixture.interfaceShare());
        json.put("surface_share", mixture.surfaceShare());
        json.put("stray_share", mixture.strayShare());
        ObjectNode noise = json.putObject("noise_sd_per_nm3");
        int e = elements.size();
        double[] covariance = mixture.noise();
        for (int a = 0; a < e; a++) {
            noise.put(elements.get(a).symbol(), Math.sqrt(covariance[a * e + a]));
        }
        ArrayNode phases = json.putArray("phases");
        for (PhaseMixture.Component c : mixture.phases()) {
            ObjectNode phase = phases.addObject().put("share", c.share()).put("components", c.components());
            ObjectNode mean = phase.putObject("density_mean_per_nm3");
            ObjectNode spread = phase.putObject("density_spread_sd_per_nm3");
            for (int a = 0; a < e; a++) {
                mean.put(elements.get(a).symbol(), c.densities()[a]);
                spread.put(elements.get(a).symbol(), Math.sqrt(Math.max(0, c.spread()[a * e + a])));
            }
        }
    }

    private static void ternary(ObjectNode json, Found found) {
        TernaryDiagram diagram = TernaryDiagram.of(
                found.diagram(), Objects.requireNonNull(found.details()).ternary(), TERNARY_STEPS);
        ArrayNode elements = json.putArray("elements");
        diagram.corners().forEach(c -> elements.add(c.symbol()));
        json.put("divisions", TERNARY_STEPS);
        ArrayNode rows = json.putArray("volume_nm3");
        for (double[] row : diagram.volumeNm3()) {
            rows.add(Json.numbers(row));
        }
    }
}
