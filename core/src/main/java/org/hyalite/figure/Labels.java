package org.hyalite.figure;

/** What axes, legends and headings of a figure say. */
public enum Labels {
    /** English words with their units: the figure explains itself. */
    WORDS,
    /** Symbols, numbers and units only, for a paper in any language whose caption explains them. */
    SYMBOLS
}
