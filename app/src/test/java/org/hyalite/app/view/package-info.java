@NullMarked
package org.hyalite.app.view;

import org.jspecify.annotations.NullMarked;
