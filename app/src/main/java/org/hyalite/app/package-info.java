/** The command line. Start with {@code Main}. */
@NullMarked
package org.hyalite.app;

import org.jspecify.annotations.NullMarked;
