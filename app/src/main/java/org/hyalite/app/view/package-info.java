/**
 * The viewer's server: a results folder, served to one browser on this machine. Start with {@link ViewServer}; what the
 * folder holds it asks of {@link org.hyalite.study.Results}, and it computes nothing of a study.
 */
@NullMarked
package org.hyalite.app.view;

import org.jspecify.annotations.NullMarked;
