/**
 * What a format is: what every reader hands back, and how it refuses a bad file. Start with {@link org.hyalite.io.format.Recording}.
 */
@NullMarked
package org.hyalite.io.format;

import org.jspecify.annotations.NullMarked;
