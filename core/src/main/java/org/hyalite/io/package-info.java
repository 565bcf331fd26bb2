/**
 * Open a microscope file, write results. Start with {@code MicroscopeFile}, the door.
 */
@NullMarked
package org.hyalite.io;

import org.jspecify.annotations.NullMarked;
