/**
 * Bruker's spectra ({@code .spx}, {@link org.hyalite.io.bcf.SpxFile}) and maps ({@code .bcf}): electron images and a
 * spectrum at every pixel, in a small file system within one file. Start with {@link org.hyalite.io.bcf.BcfFile};
 * {@code SfsContainer} is the file system, {@code MapHeader} and {@code SpectrumXml} its XML, {@code MapCube} the packed
 * spectra, {@code LiveTimes} what their strobe peak tells.
 */
@NullMarked
package org.hyalite.io.bcf;

import org.jspecify.annotations.NullMarked;
