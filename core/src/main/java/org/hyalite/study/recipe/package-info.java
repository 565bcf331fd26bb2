/**
 * The experiment file: what it may say, and how it refuses what it may not. Start with
 * {@link org.hyalite.study.recipe.Experiment}.
 */
@NullMarked
package org.hyalite.study.recipe;

import org.jspecify.annotations.NullMarked;
