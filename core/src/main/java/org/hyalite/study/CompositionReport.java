package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hyalite.calibrate.FactorTable;
import org.hyalite.physics.Element;
import org.hyalite.physics.LineFactors;
import org.hyalite.physics.Uncertain;
import org.hyalite.quantify.Composition;
import org.hyalite.quantify.Composition.Total;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was found of a composition, for machines and for people; every number says by weight or by atoms. */
final class CompositionReport {
    private CompositionReport() {}

    static ObjectNode toJson(LineFactors factors, CountedMaps counted, List<Composition> all, double significance) {
        ObjectNode json = Json.object();
        json.put("method", CompositionStep.method(factors.kind()));
        json.put("factor_kind", factors.kind().key());
        json.put("unit", factors.kind().unit());
        factors.reference().ifPresent(r -> json.put("reference", r.name()));
        ArrayNode lines = json.putArray("lines");
        counted.lines().forEach(l -> lines.add(l.name()));
        json.put("absorption", "not corrected");
        json.put("significance", significance);
        json.put("unit_mass_thickness", "kg/m2");
        json.put("unit_areal_density", "atoms/nm2");
        ArrayNode images = json.putArray("images");
        for (int i = 0; i < all.size(); i++) {
            Composition c = all.get(i);
            ObjectNode node = images.addObject();
            counted.tilt(i).ifPresent(t -> node.put("tilt_deg", t));
            if (!counted.doses().isEmpty() && !factors.kind().relative()) {
                node.put("electrons_per_pixel", counted.doses().get(i).electrons());
            }
            node.put("pixels", c.stated().values().length);
            node.put("pixels_with_composition", c.pixelsStated());
            ArrayNode elements = node.putArray("whole_map");
            c.parts().forEach((element, part) -> elements.add(total(element, part.total())));
            c.massThickness()
                    .ifPresent(m -> node.put(
                            "mean_mass_thickness_kg_per_m2",
                            m.value().sum() / m.value().values().length));
        }
        return json;
    }

    private static ObjectNode total(Element element, Total total) {
        ObjectNode node = Json.object().put("element", element.symbol());
        put(node, "counts", total.counts());
        put(node, "weight_percent", total.weight(), total.weightSystematic());
        put(node, "atomic_percent", total.atomic(), total.atomicSystematic());
        return node;
    }

    private static void put(ObjectNode node, String key, Uncertain value) {
        node.put(key, value.value());
        node.put(key + "_standard_error", value.standardError());
    }

    private static void put(ObjectNode node, String key, Uncertain fraction, Optional<Double> systematic) {
        node.put(key, 100 * fraction.value());
        node.put(key + "_standard_error_counts", 100 * fraction.standardError());
        systematic.ifPresentOrElse(
                s -> node.put(key + "_standard_error_factors", 100 * s),
                () -> node.putNull(key + "_standard_error_factors"));
    }

    static List<String> rows(LineFactors factors, CountedMaps counted, List<Composition> all) {
        List<String> rows = new ArrayList<>();
        rows.add("method: " + CompositionStep.method(factors.kind()));
        rows.add("errors: of the counts, then of the factors (" + FactorTable.correlationInWords(factors) + ")");
        for (int i = 0; i < all.size(); i++) {
            Composition c = all.get(i);
            String image = all.size() == 1
                    ? ""
                    : counted.tilt(i)
                                    .map(t -> String.format(Locale.ROOT, "%7.2f°", t))
                                    .orElse("image " + i)
                            + "  ";
            for (Map.Entry<Element, Composition.Part> part : c.parts().entrySet()) {
                Total total = part.getValue().total();
                rows.add(String.format(
                        Locale.ROOT,
                        "%s%-2s %s weight %%, %s atomic %%",
                        image,
                        part.getKey(),
                        percent(total.weight(), total.weightSystematic()),
                        percent(total.atomic(), total.atomicSystematic())));
            }
            c.massThickness()
                    .ifPresent(m -> rows.add(String.format(
                            Locale.ROOT,
                            "%smean mass thickness %.4g kg/m²",
                            image,
                            m.value().sum() / m.value().values().length)));
            rows.add(String.format(
                    Locale.ROOT,
                    "%s%d of %d pixels have mass enough for a composition",
                    image,
                    c.pixelsStated(),
                    c.stated().values().length));
        }
        return rows;
    }

    private static String percent(Uncertain fraction, Optional<Double> systematic) {
        return String.format(
                Locale.ROOT,
                "%6.2f ± %.2f ± %s",
                100 * fraction.value(),
                100 * fraction.standardError(),
                systematic.map(s -> String.format(Locale.ROOT, "%.2f", 100 * s)).orElse("?"));
    }
}
