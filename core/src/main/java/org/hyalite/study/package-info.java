/**
 * The walk: one recipe, run in order, with its record. Start with {@code StudyRunner}.
 */
@NullMarked
package org.hyalite.study;

import org.jspecify.annotations.NullMarked;
