package org.claudeagentui.acceptance.standin;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The pieces in which a block's text is told.
 *
 * @param text what is told; absent when it is made up
 * @param deltaLength the length of a piece of the given text in code points; absent for a token's natural length
 * @param count how many pieces are made up
 * @param size the length of one made up, in characters, padded with spaces
 * @param stamp whether each begins with its index and the time it was written, as in {@code [17@1700000000000000000]}
 * @param pace from one to the next
 */
record Deltas(Optional<String> text, Optional<Integer> deltaLength, int count, int size, boolean stamp, Duration pace) {
    static Deltas of(String text, Duration pace) {
        return new Deltas(Optional.of(text), Optional.empty(), 0, 0, false, pace);
    }

    static Deltas of(String text, int deltaLength, Duration pace) {
        return new Deltas(Optional.of(text), Optional.of(deltaLength), 0, 0, false, pace);
    }

    /** The pieces without their stamps. */
    Iterator<String> pieces() {
        return text.map(given -> split(given).iterator())
                .orElseGet(() -> IntStream.range(0, count).mapToObj(index -> stamp ? "" : "t" + index).iterator());
    }

    /** A piece as it is to be written now. */
    String written(String piece, int index, long epochNanos) {
        String stamped = stamp ? "[" + index + "@" + epochNanos + "]" + piece : piece;
        return text.isPresent() ? stamped : stamped + " ".repeat(Math.max(1, size - stamped.length()));
    }

    private List<String> split(String given) {
        return deltaLength.map(length -> Tokens.split(given, length)).orElseGet(() -> Tokens.split(given));
    }
}
