package org.hyalite.figure;

import java.awt.Color;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a figure is to look, where that is not part of what it shows.
 *
 * @param labels words or symbols
 * @param amounts the colours of amounts (phase diagrams, single maps); empty: each figure's own
 * @param elements the colours of elements that are added up; empty: those that a figure's data name
 * @param widthPt width to lay the figure out for, points; empty: one or two journal columns, as the figure needs
 */
public record Look(
        Labels labels, Optional<ColourMap> amounts, Optional<Palette.Elements> elements, OptionalDouble widthPt) {
    /** As a run draws its figures. */
    public static final Look USUAL = new Look(Labels.WORDS, Optional.empty(), Optional.empty(), OptionalDouble.empty());

    /** Below this, panels that stand side by side are put one below another, points (about 115 mm). */
    private static final double SIDE_BY_SIDE = 326;

    /** Type keeps its size between these; a figure of another width is drawn for the nearer one and then scaled. */
    private static final double NARROWEST = 170;

    private static final double WIDEST = 900;

    public Look {
        if (widthPt.isPresent() && !(widthPt.getAsDouble() > 0 && widthPt.getAsDouble() < 1e5)) {
            throw new IllegalArgumentException("a figure of " + widthPt.getAsDouble() + " pt");
        }
    }

    /** The same for a width, points. */
    public Look withWidth(double points) {
        return new Look(labels, amounts, elements, OptionalDouble.of(points));
    }

    /** The width of a figure's contents, points, which would be {@code usual} if nothing were asked. */
    double content(double usual) {
        return widthPt.isPresent()
                ? Math.max(NARROWEST, Math.min(WIDEST, widthPt.getAsDouble())) - 2 * Figure.EDGE
                : usual;
    }

    /** How many panels may stand side by side where {@code usual} would. */
    int columns(int usual) {
        return narrow() ? Math.max(1, usual / 2) : usual;
    }

    boolean narrow() {
        return widthPt.isPresent() && widthPt.getAsDouble() < SIDE_BY_SIDE;
    }

    ColourMap amounts(ColourMap usual) {
        return amounts.orElse(usual);
    }

    /** The colour of the i-th element. */
    Color element(int i, Color own) {
        return elements.map(set -> set.of(i)).orElse(own);
    }

    /** A label as it is to be shown. */
    String say(String words) {
        return labels == Labels.WORDS ? words : Symbols.of(words);
    }
}
