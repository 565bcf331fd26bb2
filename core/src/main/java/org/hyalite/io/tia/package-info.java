/**
 * Series of TIA (Tecnai Imaging and Analysis): {@code .ser} files hold the values, the {@code .emi} file beside them how
 * they were made. Start with {@link org.hyalite.io.tia.TiaFile}.
 */
@NullMarked
package org.hyalite.io.tia;

import org.jspecify.annotations.NullMarked;
