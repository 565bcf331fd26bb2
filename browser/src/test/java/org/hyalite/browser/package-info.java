/** The viewer and the report as people meet them: real processes, a real browser. Begin with {@link ViewerTest}. */
@NullMarked
package org.hyalite.browser;

import org.jspecify.annotations.NullMarked;
