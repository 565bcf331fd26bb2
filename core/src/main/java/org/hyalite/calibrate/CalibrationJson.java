package org.hyalite.calibrate;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Element;
import org.hyalite.physics.LineFamily;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The form of {@code calibration.json}. What is not known is {@code null}; unknown keys are for others and are passed over. */
final class CalibrationJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private CalibrationJson() {}

    static String write(Calibration c) {
        ObjectNode root = MAPPER.createObjectNode();
        c.microscope().ifPresentOrElse(v -> root.put("microscope", v), () -> root.putNull("microscope"));
        c.holder().ifPresentOrElse(v -> root.put("holder", v), () -> root.putNull("holder"));
        c.beamEnergyKeV().ifPresentOrElse(v -> root.put("beam_energy_keV", v), () -> root.putNull("beam_energy_keV"));
        ArrayNode detectors = root.putArray("detectors");
        c.detectors().forEach(detectors::add);
        ObjectNode definition = root.putObject("line_definition");
        definition.put("method", c.lineDefinition().method().label());
        ObjectNode widths = definition.putObject("widths_keV");
        c.lineDefinition().widthsKeV().forEach(widths::put);
        root.put("date", c.date().toString());
        ArrayNode lines = root.putArray("cross_sections");
        c.lines().forEach(line -> write(line, lines.addObject()));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void write(CalibratedLine line, ObjectNode node) {
        node.put("element", line.line().element().symbol());
        node.put("line", line.line().family().label());
        node.put("sigma_barn", line.crossSection().barn());
        node.put("standard_error_barn", line.crossSection().standardErrorBarn());
        write(node, "intercept_counts", "intercept_standard_error_counts", line.interceptCounts());
        write(node, "curvature_per_nm", "curvature_standard_error_per_nm", line.curvaturePerNm());
        node.put("r_squared", line.rSquared());
        node.put("pixels", line.pixels());
        ObjectNode budget = node.putObject("budget");
        line.budget().forEach(budget::put);
        node.put("budget_total", line.relativeSd());
        ArrayNode missing = node.putArray("budget_not_given");
        line.notGiven().forEach(missing::add);
        ArrayNode particles = node.putArray("particles");
        line.particles()
                .forEach((name, crossSection) -> particles
                        .addObject()
                        .put("name", name)
                        .put("sigma_barn", crossSection.barn())
                        .put("standard_error_barn", crossSection.standardErrorBarn()));
    }

    private static void write(ObjectNode node, String key, String errorKey, Optional<Uncertain> value) {
        value.ifPresentOrElse(
                v -> node.put(key, v.value()).put(errorKey, v.standardError()),
                () -> node.putNull(key).putNull(errorKey));
    }

    static Calibration read(String json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the calibration is no JSON: " + e.getOriginalMessage(), e);
        }
        Place top = new Place(root, "");
        Place definition = top.require("line_definition");
        Map<String, Double> widths = new LinkedHashMap<>();
        definition.find("widths_keV").ifPresent(w -> w.entries().forEach((k, v) -> widths.put(k, v.number())));
        List<String> detectors = new ArrayList<>();
        top.find("detectors").ifPresent(d -> d.elements().forEach(e -> detectors.add(e.text())));
        List<CalibratedLine> lines = new ArrayList<>();
        top.require("cross_sections").elements().forEach(e -> lines.add(line(e)));
        return new Calibration(
                top.find("microscope").map(Place::text),
                top.find("holder").map(Place::text),
                top.find("beam_energy_keV").map(Place::number),
                detectors,
                new Calibration.LineDefinition(method(definition.require("method")), widths),
                date(top.require("date")),
                lines);
    }

    private static CalibratedLine line(Place at) {
        Place element = at.require("element");
        Place family = at.require("line");
        XrayLine line = at.checked(() -> XrayLine.of(Element.of(element.text()), LineFamily.of(family.text())));
        Map<String, Double> budget = new LinkedHashMap<>();
        at.find("budget").ifPresent(b -> b.entries().forEach((k, v) -> budget.put(k, v.number())));
        Map<String, CrossSection> particles = new LinkedHashMap<>();
        at.find("particles")
                .ifPresent(p -> p.elements()
                        .forEach(e -> particles.put(e.require("name").text(), crossSection(e))));
        CrossSection sigma = crossSection(at);
        Optional<Uncertain> intercept = uncertain(at, "intercept_counts", "intercept_standard_error_counts");
        Optional<Uncertain> curvature = uncertain(at, "curvature_per_nm", "curvature_standard_error_per_nm");
        double rSquared = at.require("r_squared").number();
        double pixels = at.require("pixels").number();
        return at.checked(
                () -> new CalibratedLine(line, sigma, intercept, curvature, rSquared, (int) pixels, budget, particles));
    }

    private static CrossSection crossSection(Place at) {
        double barn = at.require("sigma_barn").number();
        double error = at.require("standard_error_barn").number();
        return at.checked(() -> new CrossSection(barn, error));
    }

    private static Optional<Uncertain> uncertain(Place at, String key, String errorKey) {
        return at.find(key).map(v -> {
            double error = at.require(errorKey).number();
            return at.checked(() -> new Uncertain(v.number(), error));
        });
    }

    private static Calibration.Method method(Place at) {
        for (Calibration.Method method : Calibration.Method.values()) {
            if (method.label().equals(at.text())) {
                return method;
            }
        }
        throw at.wrong("is '" + at.text() + "'; known: "
                + Arrays.stream(Calibration.Method.values())
                        .map(Calibration.Method::label)
                        .toList());
    }

    private static LocalDate date(Place at) {
        try {
            return LocalDate.parse(at.text());
        } catch (DateTimeParseException e) {
            throw at.wrong("is '" + at.text() + "', expected a day as 2019-09-30");
        }
    }

    /** A value and where it stands, so that every refusal can name the place. */
    private record Place(JsonNode node, String path) {
        Optional<Place> find(String key) {
            if (!node.isObject()) {
                throw wrong("is no object");
            }
            JsonNode value = node.get(key);
            String place = path.isEmpty() ? key : path + "." + key;
            return value == null || value.isNull() ? Optional.empty() : Optional.of(new Place(value, place));
        }

        Place require(String key) {
            return find(key)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "calibration: " + (path.isEmpty() ? key : path + "." + key) + " is missing"));
        }

        List<Place> elements() {
            if (!node.isArray()) {
                throw wrong("is no list");
            }
            List<Place> all = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                all.add(new Place(node.get(i), path + "[" + i + "]"));
            }
            return all;
        }

        Map<String, Place> entries() {
            if (!node.isObject()) {
                throw wrong("is no object");
            }
            Map<String, Place> all = new LinkedHashMap<>();
            node.properties().forEach(e -> all.put(e.getKey(), new Place(e.getValue(), path + "." + e.getKey())));
            return all;
        }

        double number() {
            if (!node.isNumber()) {
                throw wrong("is no number");
            }
            return node.doubleValue();
        }

        String text() {
            if (!node.isString()) {
                throw wrong("is no text");
            }
            return node.stringValue();
        }

        IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException("calibration: " + (path.isEmpty() ? "the file" : path) + " " + what);
        }

        <T> T checked(Supplier<T> value) {
            try {
                return value.get();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("calibration: " + path + ": " + e.getMessage(), e);
            }
        }
    }
}
