/**
 * From counts to atoms, with the tilt gain. Start with {@code Quantifier}.
 */
@NullMarked
package org.hyalite.quantify;

import org.jspecify.annotations.NullMarked;
