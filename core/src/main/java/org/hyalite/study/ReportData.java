package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a results folder's JSON files say, for the report; what is not there is missing. */
final class ReportData {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    final JsonNode provenance;
    final JsonNode phases;
    final JsonNode calibration;
    final JsonNode alignment;
    final JsonNode convergence;
    final JsonNode counts;
    final JsonNode uncertainty;
    final JsonNode interfaces;
    final JsonNode nullControl;
    final JsonNode absorption;

    private ReportData(ResultFiles files) {
        provenance = of(files.provenance());
        phases = of(files.phases());
        calibration = of(files.calibration());
        alignment = of(files.sample("alignment.json"));
        convergence = of(files.sample("convergence.json"));
        counts = of(files.sample("counts.json"));
        uncertainty = of(files.uncertainty());
        interfaces = of(files.folder().resolve("interface.json"));
        nullControl = of(files.folder().resolve("null_control.json"));
        absorption = of(files.sample("absorption.json"));
    }

    static ReportData read(ResultFiles files) {
        return new ReportData(files);
    }

    private static JsonNode of(Path file) {
        return Files.exists(file) ? Json.read(file) : Json.object();
    }

    /** A parameter's value. */
    Optional<JsonNode> parameter(String name) {
        for (JsonNode p : provenance.path("parameters")) {
            if (p.path("name").asString("").equals(name)) {
                return Optional.of(p.path("value"));
            }
        }
        return Optional.empty();
    }

    /** The elements quantified, in the experiment's order. */
    List<String> elements() {
        return strings(provenance.path("parameters").findValues("name")).stream()
                .filter(n -> n.startsWith("elements."))
                .map(n -> n.substring("elements.".length()))
                .toList();
    }

    Optional<String> text(String name) {
        return parameter(name).map(v -> v.isString() ? v.asString() : v.toString());
    }

    /** A parameter that each image has its own of, {@code name[…]}: one value, or the range, then where it came from. */
    Optional<String> range(String name, String unit, double factor) {
        List<Double> all = new ArrayList<>();
        String source = "";
        for (JsonNode p : provenance.path("parameters")) {
            String of = p.path("name").asString("");
            if (of.equals(name) || of.startsWith(name + "[")) {
                all.add(factor * p.path("value").asDouble(Double.NaN));
                source = p.path("source").asString("");
            }
        }
        double low = all.stream().mapToDouble(d -> d).min().orElse(Double.NaN);
        double high = all.stream().mapToDouble(d -> d).max().orElse(Double.NaN);
        if (!Double.isFinite(low)) {
            return Optional.empty();
        }
        String value = high - low < 1e-6 * Math.abs(high) ? number(high, 4) : number(low, 4) + " … " + number(high, 4);
        return Optional.of(value + " " + unit + " (" + origin(source) + ")");
    }

    private static String origin(String source) {
        return switch (source) {
            case "file" -> "from the files";
            case "user" -> "given by the user";
            case "derived" -> "derived";
            default -> "default";
        };
    }

    /** The mean of a parameter that each image has its own of; NaN if there is none. */
    double mean(String name) {
        double sum = 0;
        int n = 0;
        for (JsonNode p : provenance.path("parameters")) {
            String of = p.path("name").asString("");
            if (of.equals(name) || of.startsWith(name + "[")) {
                sum += p.path("value").asDouble(Double.NaN);
                n++;
            }
        }
        return n == 0 ? Double.NaN : sum / n;
    }

    String unit() {
        return phases.path("unit").asString("");
    }

    boolean absolute() {
        return unit().startsWith("atoms");
    }

    /** The entries of the elements' volumes. */
    List<JsonNode> volumes() {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode c : convergence) {
            if (c.path("volume").asString("").startsWith("density_")) {
                all.add(c);
            }
        }
        return all;
    }

    /** {@code Co, Zn and Fe}. */
    static String list(List<String> names) {
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }

    static List<String> strings(Iterable<JsonNode> array) {
        List<String> all = new ArrayList<>();
        array.forEach(v -> all.add(v.isString() ? v.asString() : v.toString()));
        return all;
    }

    /** To so many digits, large and small numbers with a power of ten. */
    static String number(double value, int digits) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        if (size != 0 && (size >= 1e4 || size < 1e-3)) {
            int exponent = (int) Math.floor(Math.log10(size));
            String mantissa = String.format(Locale.ROOT, "%." + (digits - 1) + "f", value / Math.pow(10, exponent));
            return mantissa.replace('-', '−') + " × 10" + raised(exponent);
        }
        int whole = size == 0 ? 0 : (int) Math.floor(Math.log10(size));
        int decimals = Math.max(0, digits - 1 - whole);
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return (text.indexOf('.') < 0 ? text : text.replaceFirst("[.]?0+$", "")).replace('-', '−');
    }

    /** {@code Co Kα}, not to be broken. */
    static String line(String element, String family) {
        String greek = family.endsWith("a") ? "α" : family.endsWith("b") ? "β" : "";
        return element + "\u00a0" + (greek.isEmpty() ? family : family.substring(0, family.length() - 1) + greek);
    }

    /** A value with its error, the error to two digits. */
    static String uncertain(double value, double error) {
        if (!(error > 0) || !Double.isFinite(error) || !Double.isFinite(value)) {
            return number(value, 4);
        }
        double size = Math.max(Math.abs(value), error);
        int exponent = size >= 1e5 || size < 1e-3 ? (int) Math.floor(Math.log10(size)) : 0;
        double unit = Math.pow(10, exponent);
        int decimals = Math.max(0, Math.min(9, 1 - (int) Math.floor(Math.log10(error / unit))));
        String text = String.format(
                        Locale.ROOT, "%." + decimals + "f ± %." + decimals + "f", value / unit, error / unit)
                .replace('-', '−');
        return exponent == 0 ? text : "(" + text + ") × 10" + raised(exponent);
    }

    private static String raised(int exponent) {
        return (exponent < 0 ? "⁻" : "")
                + Integer.toString(Math.abs(exponent))
                        .chars()
                        .mapToObj(c -> Character.toString(SUPERSCRIPTS.charAt(c - '0')))
                        .collect(Collectors.joining());
    }

    /** The root mean square of what is finite; NaN if nothing is. */
    static double rms(JsonNode array) {
        double[] all = java.util.stream.StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(v -> v.asDouble(Double.NaN))
                .filter(Double::isFinite)
                .toArray();
        return all.length == 0
                ? Double.NaN
                : Math.sqrt(Arrays.stream(all).map(v -> v * v).sum() / all.length);
    }
}
