package org.hyalite.study;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyalite.study.recipe.InputException;

/**
 * A part of a phase diagram: a phase by its name, or a box of X and N.
 *
 * @param phase empty: the box
 * @param box X from, X to, N from, N to
 */
public record RegionSpec(Optional<String> phase, double[] box) {
    private static final String NUMBER = "([0-9]*[.]?[0-9]+)";
    private static final Pattern BOX = Pattern.compile(NUMBER + "[.][.]" + NUMBER + "," + NUMBER + "[.][.]" + NUMBER);

    /** The phase of a name. */
    public static RegionSpec phase(String name) {
        return new RegionSpec(Optional.of(name), new double[0]);
    }

    /**
     * A box {@code X0..X1,N0..N1}.
     *
     * @throws InputException if the text is none
     */
    public static RegionSpec box(String text) {
        Matcher matcher = BOX.matcher(text);
        if (!matcher.matches()) {
            throw new InputException(
                    "--box '" + text + "' is no box of the diagram; write X0..X1,N0..N1, for example 0.3..0.5,5..7");
        }
        double[] box = new double[4];
        for (int i = 0; i < 4; i++) {
            box[i] = Double.parseDouble(matcher.group(i + 1));
        }
        if (!(box[0] <= box[1] && box[2] <= box[3] && box[1] <= 1)) {
            throw new InputException(
                    "--box '" + text + "': X lies within 0..1, and each range begins with its lower end");
        }
        return new RegionSpec(Optional.empty(), box);
    }

    /** What its files are called. */
    String fileName() {
        return "region_" + phase.map(name -> name.replace(' ', '-')).orElse("box");
    }
}
