package org.hyalite.tomo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Where the state of one reconstruction is kept while it goes on, so that it can be taken up again after the program was
 * ended. Whoever implements it answers for that state's being whole and of the same data and settings; the number of
 * threads may differ.
 */
public interface Checkpoints {
    /** Nothing is kept, and nothing was. */
    Checkpoints NONE = new Checkpoints() {
        @Override
        public Optional<InputStream> find() {
            return Optional.empty();
        }

        @Override
        public boolean due() {
            return false;
        }

        @Override
        public void write(Content content) {}
    };

    /** What is written. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** A new stream of what was written last, for the caller to close; empty: the reconstruction starts from its beginning. */
    Optional<InputStream> find();

    /** Whether it is time to write again. */
    boolean due();

    /** Writes the state in place of what was there. A state that cannot be written must not end the reconstruction. */
    void write(Content content);
}
