package org.hyalite.calibrate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hyalite.physics.FactorKind;
import org.hyalite.physics.LineFactors;
import org.hyalite.physics.LineFactors.Factor;
import org.hyalite.physics.XrayLine;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A {@link FactorTable} as JSON: an object with the list {@code factors}, or that list alone. */
final class FactorJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private FactorJson() {}

    static String write(LineFactors factors) {
        FactorKind kind = factors.kind();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("kind", kind.label());
        root.put("unit", kind.unit());
        root.put("basis", FactorTable.basis(kind));
        factors.reference().ifPresent(line -> root.put("reference", line.name()));
        factors.referenceError().ifPresent(r -> root.put("reference_relative_standard_error", r));
        root.put("errors", FactorTable.correlationInWords(factors));
        ArrayNode list = root.putArray("factors");
        factors.factors().forEach((line, factor) -> {
            ObjectNode node = list.addObject().put("line", line.name()).put(kind.key(), factor.value());
            factor.standardError()
                    .ifPresentOrElse(e -> node.put("standard_error", e), () -> node.putNull("standard_error"));
        });
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    static LineFactors read(String json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no valid JSON: " + e.getOriginalMessage(), e);
        }
        if (root.has("cross_sections")) {
            return FactorTable.of(Calibration.fromJson(json));
        }
        JsonNode list = root.isArray() ? root : root.path("factors");
        if (!list.isArray() || list.isEmpty()) {
            throw new IllegalArgumentException("neither a calibration nor a table: expected a list 'factors' of"
                    + " {\"line\": \"Co_Ka\", \"zeta_kg_per_m2\": …, \"standard_error\": …}");
        }
        Map<XrayLine, Factor> factors = new LinkedHashMap<>();
        Optional<FactorKind> kind = Optional.empty();
        for (int i = 0; i < list.size(); i++) {
            JsonNode entry = list.get(i);
            String place = "factors[" + i + "]";
            FactorKind own = kind(entry, place);
            if (kind.isPresent() && kind.get() != own) {
                throw new IllegalArgumentException(
                        place + ": " + own.key() + " among " + kind.get().key() + "; one table holds one kind");
            }
            kind = Optional.of(own);
            try {
                XrayLine line = XrayLine.of(entry.path("line").asString(""));
                Factor factor = new Factor(number(entry, own.key()).orElseThrow(), number(entry, "standard_error"));
                if (factors.put(line, factor) != null) {
                    throw new IllegalArgumentException(line + " stands twice");
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
            }
        }
        Optional<XrayLine> reference = root.path("reference").isString()
                ? Optional.of(XrayLine.of(root.path("reference").stringValue()))
                : Optional.empty();
        return FactorTable.table(
                kind.orElseThrow(), factors, reference, number(root, "reference_relative_standard_error"));
    }

    private static FactorKind kind(JsonNode entry, String place) {
        Optional<FactorKind> found = Optional.empty();
        for (FactorKind kind : FactorKind.values()) {
            if (entry.has(kind.key())) {
                if (found.isPresent()) {
                    throw new IllegalArgumentException(place + ": both "
                            + found.get().key() + " and " + kind.key() + "; one table holds one kind");
                }
                found = Optional.of(kind);
            }
        }
        return found.orElseThrow(() -> new IllegalArgumentException(
                place + ": none of sigma_barn, zeta_kg_per_m2, k_weight (by weight), k_atomic (by atoms) stands here"));
    }

    private static Optional<Double> number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isNumber()) {
            throw new IllegalArgumentException(key + " is no number");
        }
        return Optional.of(value.doubleValue());
    }
}
