package org.hyalite.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.calibrate.FactorTable;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Reason;
import org.hyalite.physics.FactorKind;
import org.hyalite.physics.LineFactors;
import org.hyalite.physics.LineFactors.Factor;
import org.hyalite.physics.XrayLine;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tables of σ, ζ and k: read, converted into each other, written. */
public final class FactorFiles {
    /** No table of factors is larger, and no calibration with its evidence. */
    private static final long LARGEST_BYTES = 16L << 20;

    private FactorFiles() {}

    /**
     * What is asked of a table.
     *
     * @param to the kind wanted; empty: the kind it is
     * @param reference line that k-factors are to be relative to
     * @param ofReference what the reference line has in the wanted kind, where k-factors get a scale
     */
    public record Request(
            Path input,
            Optional<FactorKind> to,
            Optional<XrayLine> reference,
            Optional<Factor> ofReference,
            Optional<Path> output) {}

    /** Reads a calibration or a table of factors. */
    static LineFactors read(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > LARGEST_BYTES) {
                throw new InputException(
                        file + ": has " + Files.size(file) + " bytes, too many for a table of factors");
            }
            return FactorTable.read(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file; give a calibration.json or a table of factors", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read as text: " + Reason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    /** Converts a table, and writes it where an output is named: {@code .json} or {@code .csv}. */
    public static StudyResult convert(Request request) {
        request.output().ifPresent(out -> {
            Outputs.requireEnding(out, List.of("json", "csv"));
            Outputs.requireOther(request.input(), out);
        });
        LineFactors read = read(request.input());
        LineFactors converted;
        try {
            converted = converted(read, request);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new InputException(request.input() + ": " + e.getMessage(), e);
        }
        List<String> warnings = new ArrayList<>();
        if (converted.factors().values().stream()
                .anyMatch(f -> f.standardError().isEmpty())) {
            warnings.add("the standard errors of some factors are not known; what is made with them has none either");
        }
        if (converted.kind().relative() && converted.referenceError().isEmpty()) {
            warnings.add("the reference line's own error is not known: the k are taken as independent");
        }
        List<String> lines = rows(converted);
        ObjectNode json = toJson(converted);
        request.output().ifPresent(out -> {
            boolean csv = out.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
            byte[] bytes = (csv ? FactorTable.toCsv(converted) : FactorTable.toJson(converted))
                    .getBytes(StandardCharsets.UTF_8);
            AtomicWrite.file(out, stream -> stream.write(bytes));
            lines.add("wrote " + out);
        });
        return new StudyResult(request.output().orElse(request.input()), lines, json, warnings);
    }

    private static LineFactors converted(LineFactors read, Request request) {
        FactorKind to = request.to().orElse(read.kind());
        if (to.relative()) {
            if (request.ofReference().isPresent()) {
                throw new IllegalArgumentException("k-factors are ratios: a value of the reference line has no use");
            }
            XrayLine reference = request.reference()
                    .or(read::reference)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "k-factors are relative to a line: name it with --reference, for example --reference "
                                    + read.factors().keySet().iterator().next()));
            return to == read.kind() && read.reference().equals(Optional.of(reference))
                    ? read
                    : read.toRelative(to, reference);
        }
        if (!read.kind().relative()) {
            if (request.ofReference().isPresent() || request.reference().isPresent()) {
                throw new IllegalArgumentException(
                        read.kind().key() + " has its scale: --reference and --reference-value are for k-factors");
            }
            return read.toAbsolute(to);
        }
        LineFactors from = request.reference().isPresent()
                ? read.toRelative(read.kind(), request.reference().get())
                : read;
        Factor scale = request.ofReference()
                .orElseThrow(() -> new IllegalArgumentException("k-factors have no scale: give the " + to.key() + " of "
                        + from.reference().orElseThrow() + " with --reference-value"));
        return from.scaledBy(to, scale);
    }

    /** For people: one row per line. */
    static List<String> rows(LineFactors factors) {
        List<String> rows = new ArrayList<>();
        String name = switch (factors.kind()) {
            case SIGMA -> "σ";
            case ZETA -> "ζ";
            case K_WEIGHT, K_ATOMIC -> "k";
        };
        String unit = factors.kind().unit()
                + factors.reference().map(r -> ", relative to " + r).orElse("");
        factors.factors()
                .forEach((line, f) -> rows.add(String.format(
                        Locale.ROOT,
                        "%s(%s) = %.5g ± %s %s",
                        name,
                        line,
                        f.value(),
                        f.standardError()
                                .map(e -> String.format(Locale.ROOT, "%.2g", e))
                                .orElse("?"),
                        unit)));
        factors.referenceError()
                .ifPresent(r -> rows.add(String.format(
                        Locale.ROOT,
                        "all k share the %.2g %% of %s",
                        100 * r,
                        factors.reference().orElseThrow())));
        return rows;
    }

    /** For machines: the table as {@link FactorTable} writes it, and the correlation of every two k. */
    private static ObjectNode toJson(LineFactors factors) {
        ObjectNode json = (ObjectNode) Json.parse(FactorTable.toJson(factors));
        if (factors.kind().relative()) {
            List<XrayLine> lines = List.copyOf(factors.factors().keySet());
            ArrayNode matrix = json.putArray("correlation");
            for (XrayLine a : lines) {
                double[] row = lines.stream()
                        .mapToDouble(b -> factors.correlation(a, b))
                        .toArray();
                matrix.add(Json.numbers(row));
            }
        }
        return json;
    }
}
