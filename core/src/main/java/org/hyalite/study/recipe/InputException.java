package org.hyalite.study.recipe;

import org.jspecify.annotations.Nullable;

/** What a user gave cannot be used: one line that says where it stands, what was found there and what to do. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
