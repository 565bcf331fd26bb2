package org.hyalite.io.format;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a file is wanted, where a recording was made in frames or with several detectors.
 *
 * @param frames the frames to take; absent: all
 * @param detectors names of the detectors to sum; empty: all
 * @param eachDetector one map per detector instead of their sum
 * @param eachFrame images frame by frame instead of their mean
 */
public record Selection(Optional<Frames> frames, List<String> detectors, boolean eachDetector, boolean eachFrame) {
    /** All frames, all detectors, summed. */
    public static final Selection ALL = new Selection(Optional.empty(), List.of(), false, false);

    /**
     * A range of frames.
     *
     * @param first from 1
     * @param last included
     */
    public record Frames(int first, int last) {
        private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})(?:-([0-9]{1,9}))?");

        public Frames {
            if (first < 1 || last < first) {
                throw new IllegalArgumentException("frames " + first + "-" + last + "; they are counted from 1");
            }
        }

        /** {@code 3-10}, or {@code 5} for one frame. */
        public static Frames of(String text) {
            Matcher range = RANGE.matcher(text.strip());
            if (!range.matches()) {
                throw new IllegalArgumentException("'" + text + "' is no range of frames; write 3-10, or 5 for one");
            }
            int first = Integer.parseInt(range.group(1));
            return new Frames(first, range.group(2) == null ? first : Integer.parseInt(range.group(2)));
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    public Selection {
        detectors = List.copyOf(detectors);
    }

    /** Whether nothing was chosen. */
    public boolean isAll() {
        return equals(ALL);
    }
}
