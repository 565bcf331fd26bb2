package org.hyalite.study.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.hyalite.io.format.Reason;
import org.hyalite.study.recipe.Experiment.Given;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of the experiment file that knows where it stands, so that every refusal names file, line and key. Keys
 * are taken one by one; {@link #finish()} refuses what nobody asked for and suggests the nearest known key.
 */
final class YamlMap {
    private final Path file;
    private final String path;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();

    private YamlMap(Path file, String path, Node node) {
        this.file = file;
        this.path = path;
        this.line = lineOf(node);
        if (!(node instanceof MappingNode mapping)) {
            throw new InputException(file + ", line " + line + ": " + (path.isEmpty() ? "the file" : path)
                    + " must be a list of 'key: value' lines");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            lines.put(key, lineOf(tuple.getKeyNode()));
            if (values.put(key, tuple.getValueNode()) != null) {
                throw error(key, "the key stands twice");
            }
        }
    }

    /** Reads the file's top mapping. */
    static YamlMap read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file; give an experiment file", e);
        } catch (IOException e) {
            throw new InputException(file + " cannot be read as text: " + Reason.of(e), e);
        }
        try {
            Node root = new Compose(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .composeString(text)
                    .orElseThrow(() -> new InputException(file + ": the experiment file is empty"));
            return new YamlMap(file, "", root);
        } catch (MarkedYamlEngineException e) {
            int at = e.getProblemMark().map(m -> m.getLine() + 1).orElse(1);
            throw new InputException(file + ", line " + at + ": not valid YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new InputException(file + ": not valid YAML: " + e.getMessage(), e);
        }
    }

    Path file() {
        return file;
    }

    /** Refuses the value of a key. */
    InputException error(String key, String what) {
        return new InputException(file + ", line " + lines.getOrDefault(key, line) + ", " + name(key) + ": " + what);
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    List<String> keys() {
        asked.addAll(values.keySet());
        return List.copyOf(values.keySet());
    }

    private Optional<Node> take(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<String> text(String key) {
        return take(key).map(node -> scalar(key, node));
    }

    String requiredText(String key) {
        return text(key).orElseThrow(() -> missing(key));
    }

    InputException missing(String key) {
        return new InputException(
                file + ", line " + line + ": " + name(key) + " is missing" + (path.isEmpty() ? "" : " in " + path));
    }

    Optional<Double> number(String key) {
        return text(key).map(value -> parse(key, value));
    }

    Optional<Double> positive(String key) {
        Optional<Double> number = number(key);
        number.filter(n -> !(n > 0)).ifPresent(n -> {
            throw error(key, n + " is not a positive number");
        });
        return number;
    }

    Optional<Integer> wholeNumber(String key) {
        return number(key).map(n -> {
            if (n != Math.rint(n) || Math.abs(n) > 1e9) {
                throw error(key, n + " is not a whole number");
            }
            return n.intValue();
        });
    }

    List<String> texts(String key) {
        Optional<Node> node = take(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get() instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(item -> scalar(key, item)).toList();
        }
        return List.of(scalar(key, node.get()));
    }

    Optional<List<Double>> numbers(String key) {
        asked.add(key);
        return has(key)
                ? Optional.of(texts(key).stream().map(v -> parse(key, v)).toList())
                : Optional.empty();
    }

    /** One positive number or a list of them; empty if the key is absent. */
    List<Double> positives(String key) {
        List<Double> all = numbers(key).orElse(List.of());
        for (double n : all) {
            if (!(n > 0)) {
                throw error(key, n + " is not a positive number");
            }
        }
        return all;
    }

    Optional<YamlMap> map(String key) {
        return take(key).map(node -> new YamlMap(file, name(key), node));
    }

    YamlMap requiredMap(String key) {
        return map(key).orElseThrow(() -> missing(key));
    }

    /** Whether a key has a mapping, and not a single value or a list. */
    boolean isMap(String key) {
        return values.get(key) instanceof MappingNode;
    }

    /** Whether a key has a list of mappings, and not of single values. */
    boolean listsMaps(String key) {
        return values.get(key) instanceof SequenceNode sequence
                && !sequence.getValue().isEmpty()
                && sequence.getValue().stream().allMatch(MappingNode.class::isInstance);
    }

    List<YamlMap> maps(String key) {
        Optional<Node> node = take(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof SequenceNode sequence)) {
            throw error(key, "must be a list, each item beginning with '- '");
        }
        List<YamlMap> maps = new ArrayList<>();
        for (int i = 0; i < sequence.getValue().size(); i++) {
            maps.add(new YamlMap(
                    file, name(key) + "[" + i + "]", sequence.getValue().get(i)));
        }
        return maps;
    }

    /** A value out of a few words. */
    <T> Optional<T> choice(String key, Map<String, T> choices) {
        return text(key).map(word -> {
            T chosen = choices.get(word);
            if (chosen == null) {
                throw error(key, "'" + word + "' is not one of " + String.join(", ", new TreeSet<>(choices.keySet())));
            }
            return chosen;
        });
    }

    /** Every setting in this mapping and below, in the file's order. */
    List<Given> given() {
        List<Given> all = new ArrayList<>();
        values.forEach((key, node) -> collect(name(key), node, all));
        return List.copyOf(all);
    }

    private static void collect(String key, Node node, List<Given> into) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String inner = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                collect(key + "." + inner, tuple.getValueNode(), into);
            }
        } else if (node instanceof SequenceNode sequence
                && sequence.getValue().stream().anyMatch(n -> !(n instanceof ScalarNode))) {
            for (int i = 0; i < sequence.getValue().size(); i++) {
                collect(key + "[" + i + "]", sequence.getValue().get(i), into);
            }
        } else if (node instanceof SequenceNode sequence) {
            into.add(new Given(
                    key, sequence.getValue().stream().map(YamlMap::plain).toList(), lineOf(node)));
        } else {
            into.add(new Given(key, plain(node), lineOf(node)));
        }
    }

    /** A scalar as a number if it is one, else as text. */
    private static Object plain(Node node) {
        String text = ((ScalarNode) node).getValue();
        try {
            return (Object) Double.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** Refuses every key that was not asked for. */
    void finish() {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                String nearest = nearest(key);
                throw error(key, "unknown key" + (nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?"));
            }
        }
    }

    private String nearest(String wrong) {
        String best = "";
        int least = Math.max(2, wrong.length() / 2) + 1;
        for (String known : asked) {
            int distance = distance(wrong, known);
            if (distance < least) {
                least = distance;
                best = known;
            }
        }
        return best;
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int next = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + cost);
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[b.length()];
    }

    private String scalar(String key, Node node) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
            return scalar.getValue();
        }
        throw error(key, "a single value is expected here");
    }

    private double parse(String key, String value) {
        try {
            double number = Double.parseDouble(value);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw error(key, "'" + value + "' is not a number");
        }
        throw error(key, "'" + value + "' is not a finite number");
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(m -> m.getLine() + 1).orElse(1);
    }
}
