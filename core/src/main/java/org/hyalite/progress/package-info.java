/** How long work tells how far it is, and how it is stopped: {@link org.hyalite.progress.Progress}. */
@NullMarked
package org.hyalite.progress;

import org.jspecify.annotations.NullMarked;
