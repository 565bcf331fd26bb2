package org.hyalite.study.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyalite.physics.Element;
import org.hyalite.physics.LineFamily;
import org.hyalite.physics.XrayLine;
import org.hyalite.study.recipe.Experiment.AbsorptionSpec;
import org.hyalite.study.recipe.Experiment.AlignmentMethod;
import org.hyalite.study.recipe.Experiment.AlignmentSpec;
import org.hyalite.study.recipe.Experiment.Beam;
import org.hyalite.study.recipe.Experiment.Denoise;
import org.hyalite.study.recipe.Experiment.Method;
import org.hyalite.study.recipe.Experiment.Microscope;
import org.hyalite.study.recipe.Experiment.PhaseSpec;
import org.hyalite.study.recipe.Experiment.Preset;
import org.hyalite.study.recipe.Experiment.ReconstructionSpec;
import org.hyalite.study.recipe.Experiment.RegulariserKind;
import org.hyalite.study.recipe.Experiment.SampleSpec;
import org.hyalite.study.recipe.Experiment.SeriesSettings;
import org.hyalite.study.recipe.Experiment.Source;
import org.hyalite.study.recipe.Experiment.Spectra;
import org.hyalite.study.recipe.Experiment.StandardSpec;
import org.hyalite.study.recipe.Experiment.WeightChoice;

/** Reads {@code experiment.yaml}. */
public final class ExperimentFile {
    private static final int MAX_BIN = 64;

    private final YamlMap root;
    private final Path folder;

    private ExperimentFile(YamlMap root) {
        this.root = root;
        this.folder =
                Optional.ofNullable(root.file().toAbsolutePath().getParent()).orElse(Path.of("/"));
    }

    /**
     * Reads and checks an experiment file.
     *
     * @throws InputException naming file, line and key, and what to do
     */
    public static Experiment read(Path file) {
        return new ExperimentFile(YamlMap.read(file)).parse();
    }

    private Experiment parse() {
        Microscope microscope = microscope(root.map("microscope"));
        Map<Element, List<XrayLine>> elements = elements(root.requiredMap("elements"));
        Spectra spectra =
                root.map("spectra").map(this::spectra).orElse(new Spectra(List.of(), Method.FIT, 1, Optional.empty()));
        for (Element other : spectra.otherElements()) {
            if (elements.containsKey(other)) {
                throw root.error("spectra", other + " is quantified under 'elements'; take it out of other_elements");
            }
        }
        List<StandardSpec> standards = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlMap map : root.maps("standards")) {
            StandardSpec standard = standard(map, elements);
            if (!names.add(standard.name())) {
                throw map.error("name", "a second standard is called '" + standard.name() + "'");
            }
            standards.add(standard);
        }
        Optional<Path> calibration = root.text("calibration").map(folder::resolve);
        if (calibration.isPresent() && !standards.isEmpty()) {
            throw root.error("calibration", "give either standards or a calibration made earlier, not both");
        }
        Experiment experiment = new Experiment(
                root.file(),
                microscope,
                elements,
                spectra,
                List.copyOf(standards),
                calibration,
                root.map("sample").map(this::sample),
                root.map("alignment")
                        .map(this::alignment)
                        .orElse(new AlignmentSpec(AlignmentMethod.AUTO, Optional.empty())),
                root.map("reconstruction").map(this::reconstruction).orElse(defaultReconstruction()),
                root.map("phases").map(m -> phases(m, elements)).orElse(new PhaseSpec(Optional.empty(), List.of())),
                root.map("absorption")
                        .map(m -> AbsorptionSettings.read(m, elements))
                        .orElse(AbsorptionSpec.SILENT),
                root.map("uncertainty").map(UncertaintySettings::read).orElse(UncertaintySettings.NONE),
                root.map("phases").map(NullControlSettings::read).orElse(NullControlSettings.NONE),
                root.given());
        root.finish();
        if (spectra.denoise().isPresent() && experiment.reconstruction().preset() == Preset.JOINT) {
            throw root.error(
                    "spectra",
                    "denoise: the preset 'joint' takes counts as Poisson numbers, and denoised ones are none; take 'denoise'"
                            + " out, or set reconstruction.preset to paper");
        }
        return experiment;
    }

    private static Microscope microscope(Optional<YamlMap> given) {
        if (given.isEmpty()) {
            return new Microscope(
                    "", Optional.empty(), List.of(), List.of(), new Beam(List.of(), List.of()), Optional.empty());
        }
        YamlMap map = given.get();
        Microscope microscope = new Microscope(
                map.text("name").orElse(""),
                map.text("holder"),
                map.listsMaps("detectors") ? AbsorptionSettings.names(map) : map.texts("detectors"),
                map.listsMaps("detectors") ? AbsorptionSettings.directions(map) : List.of(),
                beam(map),
                map.positive("beam_energy_keV"));
        map.finish();
        return microscope;
    }

    private static Beam beam(YamlMap map) {
        return new Beam(
                map.positives("beam_current_nA"), map.positives("dwell_time_s"), map.positive("beam_current_sd_nA"));
    }

    private static Map<Element, List<XrayLine>> elements(YamlMap map) {
        Map<Element, List<XrayLine>> elements = new LinkedHashMap<>();
        for (String symbol : map.keys()) {
            Element element = element(map, symbol, symbol);
            List<XrayLine> lines = new ArrayList<>();
            for (String family : map.texts(symbol)) {
                try {
                    lines.add(XrayLine.of(element, LineFamily.of(family)));
                } catch (IllegalArgumentException e) {
                    throw map.error(symbol, e.getMessage());
                }
            }
            if (lines.isEmpty()) {
                throw map.error(symbol, "name at least one line, for example [Ka]");
            }
            elements.put(element, List.copyOf(lines));
        }
        if (elements.isEmpty()) {
            throw new InputException(map.file() + ": 'elements' names none; write for example 'Co: [Ka, Kb]'");
        }
        return elements;
    }

    static Element element(YamlMap map, String key, String symbol) {
        try {
            return Element.of(symbol);
        } catch (IllegalArgumentException e) {
            throw map.error(key, e.getMessage());
        }
    }

    private Spectra spectra(YamlMap map) {
        List<Element> others = map.texts("other_elements").stream()
                .map(symbol -> element(map, "other_elements", symbol))
                .toList();
        Method method = map.choice("method", Map.of("fit", Method.FIT, "windows", Method.WINDOWS))
                .orElse(Method.FIT);
        int bin = map.wholeNumber("bin").orElse(1);
        if (bin < 1 || bin > MAX_BIN) {
            throw map.error("bin", bin + " is not within 1…" + MAX_BIN);
        }
        Optional<Denoise> denoise = map.text("denoise").map(text -> {
            try {
                return Denoise.of(text);
            } catch (InputException e) {
                throw map.error("denoise", e.getMessage());
            }
        });
        map.finish();
        return new Spectra(others, method, bin, denoise);
    }

    private StandardSpec standard(YamlMap map, Map<Element, List<XrayLine>> elements) {
        String name = fileName(map);
        Element element = element(map, "element", map.requiredText("element"));
        if (!elements.containsKey(element)) {
            throw map.error("element", element + " is not among the quantified 'elements'");
        }
        StandardSpec standard = new StandardSpec(
                name,
                element,
                map.positive("density_per_nm3").orElseThrow(() -> map.missing("density_per_nm3")),
                map.positive("density_sd_per_nm3"),
                source(map, "adf", map.text("adf_signal")),
                source(map, "eds", Optional.empty()),
                axisAlongX(map),
                beam(map));
        map.finish();
        return standard;
    }

    private SampleSpec sample(YamlMap map) {
        SampleSpec sample = new SampleSpec(
                fileName(map),
                source(map, "adf", map.text("adf_signal")),
                source(map, "eds", Optional.empty()),
                axisAlongX(map),
                beam(map),
                map.choice("fills_field", Map.of("true", true, "false", false)).orElse(false));
        map.finish();
        return sample;
    }

    private static String fileName(YamlMap map) {
        String name = map.requiredText("name");
        if (!name.matches("[\\p{L}\\p{N}_. -]+") || name.startsWith(".")) {
            throw map.error(
                    "name", "'" + name + "' is used as a folder's name: letters, digits, '-', '_' and '.' only");
        }
        return name;
    }

    private Source source(YamlMap map, String key, Optional<String> signal) {
        String pattern = map.requiredText(key);
        Optional<List<Double>> tilts = map.numbers("tilts");
        Optional<String> fromName = map.text("tilt_from_name");
        fromName.filter(p -> p.indexOf("{}") < 0).ifPresent(p -> {
            throw map.error("tilt_from_name", "'" + p + "' has no {} where the angle stands, as in \"tilt_{}.hspy\"");
        });
        if (tilts.isPresent() && fromName.isPresent()) {
            throw map.error("tilts", "give either tilts or tilt_from_name, not both");
        }
        return new Source(folder, pattern, map.numbers(key + "_tilts"), tilts, fromName, signal);
    }

    private static boolean axisAlongX(YamlMap map) {
        return map.choice("tilt_axis", Map.of("y", false, "x", true)).orElse(false);
    }

    private AlignmentSpec alignment(YamlMap map) {
        AlignmentMethod method = map.choice(
                        "method",
                        Map.of(
                                "auto",
                                AlignmentMethod.AUTO,
                                "none",
                                AlignmentMethod.NONE,
                                "file",
                                AlignmentMethod.FILE))
                .orElse(map.has("file") ? AlignmentMethod.FILE : AlignmentMethod.AUTO);
        Optional<Path> file = map.text("file").map(folder::resolve);
        if (file.isPresent() != (method == AlignmentMethod.FILE)) {
            throw map.error("method", "'file: shifts.csv' and 'method: file' belong together");
        }
        map.finish();
        return new AlignmentSpec(method, file);
    }

    private static final Preset USUAL = Preset.JOINT;

    /** How a weight may be found. */
    private static final Set<String> CRITERIA = Set.of("auto", "tilts", "thinning", "discrepancy");

    private static ReconstructionSpec defaultReconstruction() {
        SeriesSettings nothing = new SeriesSettings(Optional.empty(), Optional.empty());
        return new ReconstructionSpec(USUAL, nothing, nothing, Optional.empty(), Optional.empty());
    }

    private ReconstructionSpec reconstruction(YamlMap map) {
        Optional<Preset> preset = map.choice("preset", Map.of("paper", Preset.PAPER, "joint", Preset.JOINT));
        SeriesSettings adf =
                map.map("adf").map(this::series).orElse(defaultReconstruction().adf());
        SeriesSettings eds =
                map.map("eds").map(this::series).orElse(defaultReconstruction().eds());
        // a regulariser of its own for each element is the paper's way
        Preset own = eds.regulariser().isPresent() ? Preset.PAPER : USUAL;
        Optional<Integer> nz = map.wholeNumber("nz");
        Optional<Integer> iterations = map.wholeNumber("max_iterations");
        nz.filter(n -> n < 1).ifPresent(n -> {
            throw map.error("nz", n + " slices along z");
        });
        iterations.filter(n -> n < 1).ifPresent(n -> {
            throw map.error("max_iterations", n + " iterations");
        });
        map.finish();
        return new ReconstructionSpec(preset.orElse(own), adf, eds, nz, iterations);
    }

    private SeriesSettings series(YamlMap map) {
        Optional<RegulariserKind> kind = map.choice(
                "regulariser",
                Map.of(
                        "tv", RegulariserKind.TV,
                        "tv2", RegulariserKind.TV2,
                        "tgv", RegulariserKind.TGV,
                        "none", RegulariserKind.NONE));
        Optional<WeightChoice> weight = map.text("weight").map(word -> weight(map, word));
        map.finish();
        return new SeriesSettings(kind, weight);
    }

    private static WeightChoice weight(YamlMap map, String word) {
        if (CRITERIA.contains(word)) {
            return new WeightChoice(Optional.empty(), word);
        }
        double w = map.number("weight").orElseThrow();
        if (w < 0 || w > 1) {
            throw map.error("weight", w + " is not within 0…1 (relative to the weight that would erase everything)");
        }
        return new WeightChoice(Optional.of(w), "given");
    }

    private static PhaseSpec phases(YamlMap map, Map<Element, List<XrayLine>> elements) {
        Optional<Element> fractionOf = map.text("fraction_of").map(s -> element(map, "fraction_of", s));
        List<Element> among =
                map.texts("among").stream().map(s -> element(map, "among", s)).toList();
        for (Element e : among) {
            if (!elements.containsKey(e)) {
                throw map.error("among", e + " is not among the quantified 'elements'");
            }
        }
        fractionOf
                .filter(e -> !(among.isEmpty() ? elements.containsKey(e) : among.contains(e)))
                .ifPresent(e -> {
                    throw map.error("fraction_of", e + " is not among the elements of the diagram");
                });
        NullControlSettings.read(map); // its own record; see parse()
        map.finish();
        return new PhaseSpec(fractionOf, among);
    }
}
