package org.hyalite.io.velox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.stored.ArrayTiles;
import org.hyalite.io.stored.StoredArray;
import org.hyalite.io.stored.StoredNumber;

/**
 * The X-ray events of one detector in the order of the scan, {@code [value]} in 16 bits: a value below 65535 is the
 * channel of one event in the present pixel, 65535 ends the pixel. Pixels follow each other along x, then y, then
 * frame. A table may say at which value each frame begins.
 *
 * @param file for messages
 * @param array the values
 * @param frameStarts the first value of each frame, ascending; empty where the file has no table
 */
record EventStream(Path file, StoredArray array, long[] frameStarts) {
    /** Ends a pixel. */
    static final int NEXT_PIXEL = 0xffff;

    /** A stream whose sizes are checked. */
    static EventStream of(Path file, StoredArray array, long[] frameStarts) {
        int[] shape = array.shape();
        StoredNumber number = array.number();
        if (number.kind() != StoredNumber.Kind.UNSIGNED || number.bytes() != Short.BYTES) {
            throw new UnsupportedFileException(
                    file,
                    array.place() + " holds " + number.kind() + " numbers of " + number.bytes()
                            + " bytes; events in 16 bits are read");
        }
        if (shape.length > 2 || shape.length == 2 && (shape[1] != 1 || array.chunks()[1] != 1)) {
            throw new MalformedFileException(
                    file, array.place(), "a stream of shape " + Arrays.toString(shape) + ", expected [n, 1]");
        }
        if (shape[0] > 0) {
            ArrayTiles.of(file, array);
        }
        return new EventStream(file, array, frameStarts);
    }

    long length() {
        return array.shape()[0];
    }

    /** The same events, frames told by counting pixels alone. */
    EventStream withoutTable() {
        return new EventStream(file, array, new long[0]);
    }

    /** How often a pixel ends. */
    long pixelsEnded() {
        return pixelsEndedFrom(0);
    }

    /** How often a pixel ends in the last frame of the table; empty if there is no table, or nothing in that frame. */
    OptionalLong pixelsOfLastFrame() {
        return frameStarts.length == 0 || frameStarts[frameStarts.length - 1] >= length()
                ? OptionalLong.empty()
                : OptionalLong.of(pixelsEndedFrom(frameStarts[frameStarts.length - 1]));
    }

    private long pixelsEndedFrom(long from) {
        Walk walk = new Walk(Integer.MAX_VALUE, NEXT_PIXEL, 0, Integer.MAX_VALUE);
        walk.at = from;
        long ended = 0;
        while (walk.nextValue()) {
            if (walk.value == NEXT_PIXEL) {
                ended++;
            }
        }
        return ended;
    }

    /**
     * Walks over the events of some frames.
     *
     * @param pixels of a frame
     * @param firstFrame from 0
     * @param lastFrame included
     */
    Walk walk(int pixels, int channels, int firstFrame, int lastFrame) {
        return new Walk(pixels, channels, firstFrame, lastFrame);
    }

    /** A walk over events; holds one chunk at a time. */
    final class Walk {
        private final int pixels;
        private final int channels;
        private final int firstFrame;
        private final int lastFrame;
        private long at;
        private int frame;
        private int pixel;
        private int value;
        private ByteBuffer chunk = ByteBuffer.allocate(0);
        private long chunkAt;
        private long chunkEnd;
        private long beyond;
        private long uneven;

        private Walk(int pixels, int channels, int firstFrame, int lastFrame) {
            this.pixels = pixels;
            this.channels = channels;
            this.firstFrame = firstFrame;
            this.lastFrame = lastFrame;
            if (frameStarts.length > 0) {
                frame = firstFrame;
                at = firstFrame < frameStarts.length ? frameStarts[firstFrame] : length();
            }
        }

        /** Goes to the next event within the frames; false at their end. */
        boolean next() {
            while (frame <= lastFrame) {
                if (frameStarts.length > 0 && frame + 1 < frameStarts.length && at >= frameStarts[frame + 1]) {
                    endFrame();
                    continue;
                }
                if (!nextValue()) {
                    if (frame < frameStarts.length && at > frameStarts[frame]) {
                        endFrame();
                    }
                    return false;
                }
                if (value == NEXT_PIXEL) {
                    pixel++;
                    if (frameStarts.length == 0 && pixel == pixels) {
                        pixel = 0;
                        frame++;
                    }
                } else if (pixel >= pixels) {
                    beyond++;
                } else if (value >= channels) {
                    throw new MalformedFileException(
                            file,
                            array.place() + ", value " + (at - 1),
                            "an event in channel " + value + " of " + channels
                                    + "; the file is damaged, or its events are coded in a way not known here");
                } else if (frame >= firstFrame) {
                    return true;
                }
            }
            return false;
        }

        private void endFrame() {
            uneven += pixel == pixels ? 0 : 1;
            pixel = 0;
            frame++;
        }

        private boolean nextValue() {
            if (at >= chunkEnd || at < chunkAt) {
                if (at >= length()) {
                    return false;
                }
                int rows = array.chunks()[0];
                int index = (int) (at / rows);
                chunk = array.chunk(array.shape().length == 2 ? new int[] {index, 0} : new int[] {index})
                        .order(
                                array.number().order() == null
                                        ? ByteOrder.LITTLE_ENDIAN
                                        : array.number().order());
                chunkAt = (long) index * rows;
                chunkEnd = Math.min(length(), chunkAt + rows);
            }
            value = chunk.getShort((int) (at - chunkAt) * Short.BYTES) & 0xffff;
            at++;
            return true;
        }

        int channel() {
            return value;
        }

        /** The pixel of the event, row by row. */
        int pixel() {
            return pixel;
        }

        /** The frame, from 0, in which the walk stands. */
        int frame() {
            return frame;
        }

        /** Events after the last pixel of a frame, which belong nowhere. */
        long beyond() {
            return beyond;
        }

        /** Frames within the table that had more or fewer pixels than the map. */
        long unevenFrames() {
            return uneven;
        }
    }
}
