/**
 * Files of JEOL's Analysis Station: projects ({@code .asw}), images and maps ({@code .img}, {@code .map}), maps as lists
 * of X-rays ({@code .pts}) and spectra ({@code .eds}). Start with {@link org.hyalite.io.jeol.JeolFile}; {@code Tag} is the
 * tree of named values that most of them hold.
 */
@NullMarked
package org.hyalite.io.jeol;

import org.jspecify.annotations.NullMarked;
