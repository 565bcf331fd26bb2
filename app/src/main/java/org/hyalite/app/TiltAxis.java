package org.hyalite.app;

/** Along which edge of the images the tilt axis lies. */
enum TiltAxis {
    X,
    Y
}
