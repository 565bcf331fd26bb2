/** Tests of the command line, through the door that people use. */
@NullMarked
package org.hyalite.app;

import org.jspecify.annotations.NullMarked;
