package org.hyalite.figure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of our figures as symbols that need no translation: θ tilt, t thickness, I counts, N density, X fraction, V
 * volume, T threshold, λ weight, E energy, r residual, Δ shift, g gain, d distance, I* reprojected, I₀ background. What is no
 * word of ours (names of samples, elements, units) stays as it is.
 */
final class Symbols {
    private static final Map<String, String> WHOLE = Map.ofEntries(
            Map.entry("EDS map, 0°", "EDS, 0°"),
            Map.entry("map, 0°", "I, 0°"),
            Map.entry("reprojection, 0°", "∫N dz"),
            Map.entry("xy slice", "xy"),
            Map.entry("xz slice", "xz"),
            Map.entry("relative", "1"),
            Map.entry("segmented surface", "ADF > T"),
            Map.entry("thickness", "t"),
            Map.entry("tilt", "θ"),
            Map.entry("shift", "Δ"),
            Map.entry("Shifts", ""),
            Map.entry("Not explained", ""),
            Map.entry("residual", "r"),
            Map.entry("gain", "g"),
            Map.entry("common", "Σ"),
            Map.entry("x, given", "x*"),
            Map.entry("y, given", "y*"),
            Map.entry("total", "Σ"),
            Map.entry("measured", "I"),
            Map.entry("reprojected", "I*"),
            Map.entry("volume", "V"),
            Map.entry("density", "N"),
            Map.entry("energy", "E"),
            Map.entry("counts", "I"),
            Map.entry("counts per pixel", "I"),
            Map.entry("net counts per pixel", "I"),
            Map.entry("data", "I"),
            Map.entry("sum spectrum", "I"),
            Map.entry("model", "I*"),
            Map.entry("background", "I₀"),
            Map.entry("rest", "r"),
            Map.entry("misfit", "r"),
            Map.entry("log₁₀ weight", "lg λ"),
            Map.entry("misfit of the left-out tilts", "χ²"),
            Map.entry("misfit over that of noise", "χ²"),
            Map.entry("deviance of the counts set aside", "D"),
            Map.entry("tried", ""),
            Map.entry("chosen", "λ*"),
            Map.entry("threshold", "T"),
            Map.entry("edge-spread fit", "erf"),
            Map.entry("used", "T"),
            Map.entry("half-way", "T½"),
            Map.entry("interface", "Δd"),
            Map.entry("sharp one, recorded alike", "δ"),
            Map.entry("outer surface", "∂V"),
            Map.entry("distance along the normal", "d"),
            Map.entry("pure phases, recorded alike", "X ∈ {0, 1}"),
            Map.entry("pure phases", "X ∈ {0, 1}"),
            Map.entry("their own pure phases", "X ∈ {0, 1}, 2×"),
            Map.entry("expected of pure phases", "μ"),
            Map.entry("ln of mean 4 X (1 − X)", "ln ⟨4 X (1 − X)⟩"),
            Map.entry("replicas", "n"),
            Map.entry("from the middle", "x"),
            Map.entry("from the tilt axis", "x"),
            Map.entry("the same row, aligned", "x − Δ"),
            Map.entry("along the beam", "0°"),
            Map.entry("mixed", "(+)"));

    /** Units that are words. */
    private static final Map<String, String> UNITS = unitWords();

    private static final Pattern WITH_UNIT = Pattern.compile("(.*) \\(([^()]*)\\)");
    private static final Pattern RICH = Pattern.compile("([A-Z][a-z]?)-rich( .*)?");
    private static final Pattern NUMBERED = Pattern.compile("(mixed) (\\S+)");

    private Symbols() {}

    private static Map<String, String> unitWords() {
        Map<String, String> units = new LinkedHashMap<>(); // the longer ones first
        units.put("atoms/nm³", "nm⁻³");
        units.put("atoms/nm²", "nm⁻²");
        units.put("atoms/nm", "nm⁻¹");
        units.put("counts · nm²", "nm²");
        units.put("counts/nm", "nm⁻¹");
        units.put("ADF units/nm", "nm⁻¹");
        units.put("sd of noise", "σ");
        units.put("atoms", "1");
        units.put("counts", "1");
        units.put("voxels", "vx");
        units.put("sd", "σ");
        return units;
    }

    static String of(String words) {
        Optional<String> whole = Optional.ofNullable(WHOLE.get(words)).or(() -> Optional.ofNullable(UNITS.get(words)));
        if (whole.isPresent()) {
            return whole.get();
        }
        Matcher rich = RICH.matcher(words);
        if (rich.matches()) { // metallurgists write so what is mostly of one element
            return "(" + rich.group(1) + ")" + (rich.group(2) == null ? "" : rich.group(2));
        }
        Matcher numbered = NUMBERED.matcher(words);
        if (numbered.matches()) {
            return of(numbered.group(1)) + numbered.group(2);
        }
        Matcher unit = WITH_UNIT.matcher(words);
        if (unit.matches()) {
            String in = UNITS.getOrDefault(unit.group(2), unit.group(2));
            String of = WHOLE.getOrDefault(unit.group(1), unit.group(1));
            return in.equals("1") ? of : of + " (" + in + ")";
        }
        return phrase(words);
    }

    /** Labels that hold numbers or names. */
    private static String phrase(String words) {
        return words.replaceFirst("^threshold (?=[0-9])", "N > ")
                .replaceFirst("^fraction of counts (?=[A-Z])", "X = ")
                .replaceFirst("^row (\\d+) as recorded, background off$", "y = $1")
                .replaceFirst("° about y, (\\S+)° from above$", "°, $1°")
                .replaceFirst("° about y, (\\S+)° from below$", "°, −$1°")
                .replaceFirst("° about y$", "°")
                .replaceFirst("^interface, 10–90 %: (\\S+) voxels$", "Δd = $1 vx")
                .replaceFirst("^sharp one, recorded alike, 10–90 %: (\\S+) voxels$", "δ: $1 vx")
                .replaceFirst("^outer surface, 10–90 %: (\\S+) voxels$", "∂V: $1 vx")
                .replaceFirst("^p = (\\S+), (\\d+) voxels deep$", "p = $1, d ≥ $2 vx")
                .replaceFirst("^shares among (.*)$", "$1");
    }
}
