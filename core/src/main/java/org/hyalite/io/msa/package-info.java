/**
 * EMSA/MAS spectra, {@code .msa} (ISO 22029): lines of keywords, then numbers. Start with
 * {@link org.hyalite.io.msa.MsaFile} and {@link org.hyalite.io.msa.MsaWriter}.
 */
@NullMarked
package org.hyalite.io.msa;

import org.jspecify.annotations.NullMarked;
