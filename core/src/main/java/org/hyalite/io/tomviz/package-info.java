/** Shifts as tomviz keeps them. Start with {@link org.hyalite.io.tomviz.TomvizShifts}. */
@NullMarked
package org.hyalite.io.tomviz;

import org.jspecify.annotations.NullMarked;
