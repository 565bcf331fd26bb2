package org.hyalite.study;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a study used and did: every input with its SHA-256, every parameter with where it came from, every warning, and
 * how long each step took. Becomes {@code provenance.json}.
 */
public final class StudyRecord {
    /** Where a parameter's value came from. */
    public enum Origin {
        FILE,
        USER,
        DERIVED,
        DEFAULT
    }

    /** How keys of the experiment file end that carry a unit. */
    private static final Map<String, String> UNITS =
            Map.of("_keV", "keV", "_nA", "nA", "_s", "s", "_per_nm3", "atoms/nm³", ".tilts", "deg");

    private record Parameter(String name, Object value, String unit, Origin origin, String where) {}

    private record Input(String role, Path file, String sha256) {}

    private final Instant started = Instant.now();
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<Path, Input> inputs = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final Map<String, String> facts = new LinkedHashMap<>();

    /** Notes an input and returns its SHA-256. */
    public String input(String role, Path file) {
        return inputs.computeIfAbsent(file, f -> new Input(role, f, Digest.of(f)))
                .sha256();
    }

    /** Notes a parameter; a number, a text or a list of them. */
    public void parameter(String name, Object value, String unit, Origin origin, String where) {
        parameters.put(name, new Parameter(name, value, unit, origin, where));
    }

    /** The unit that a key's name ends in, such as {@code nA} of {@code beam_current_nA}; empty if there is none. */
    static String unitOf(String key) {
        return UNITS.entrySet().stream()
                .filter(unit -> key.endsWith(unit.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** Notes what the user must know, once. */
    public void warn(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    /** What the user must know, in the order it was found. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Notes how long a step took, seconds. */
    public void took(String step, double stepSeconds) {
        seconds.merge(step, stepSeconds, Double::sum);
    }

    /** Notes a fact of the run, such as which kernels were used. */
    public void fact(String name, String value) {
        facts.put(name, value);
    }

    /** What {@code provenance.json} holds. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        ObjectNode program = json.putObject("program");
        program.put("name", "hyalite");
        program.put("version", version());
        ObjectNode machine = json.putObject("machine");
        for (String key : List.of("java.version", "java.vm.name", "java.vm.version", "os.name", "os.arch")) {
            machine.put(key, System.getProperty(key));
        }
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("memory_limit_bytes", Runtime.getRuntime().maxMemory());
        facts.forEach(json::put);
        json.put("started", started.toString());
        json.put("ended", Instant.now().toString());
        ArrayNode inputList = json.putArray("inputs");
        for (Input input : inputs.values()) {
            inputList
                    .addObject()
                    .put("role", input.role())
                    .put("file", input.file().toString())
                    .put("sha256", input.sha256());
        }
        ArrayNode parameterList = json.putArray("parameters");
        for (Parameter p : parameters.values()) {
            ObjectNode node = parameterList.addObject().put("name", p.name());
            node.set("value", Json.value(p.value()));
            node.put("unit", p.unit());
            node.put("source", p.origin().name().toLowerCase(java.util.Locale.ROOT));
            node.put("where", p.where());
        }
        json.putArray("seeds"); // nothing in a study is drawn by chance
        ArrayNode warningList = json.putArray("warnings");
        warnings.forEach(warningList::add);
        ObjectNode times = json.putObject("seconds");
        seconds.forEach(times::put);
        return json;
    }

    /** The program's version, from the jar it runs from. */
    public static String version() {
        return Optional.ofNullable(StudyRecord.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
