package org.claudeagentui.acceptance.standin;

import java.util.Arrays;
import java.util.Optional;

/** Where an answer is to break off: at a count of bytes, or inside a text when {@code at} is negative. */
final class Cut {
    private final long at;
    private final byte[] text;
    private final int offset;
    private final Ending ending;

    Cut(long at, byte[] text, int offset, Ending ending) {
        this.at = at;
        this.text = text;
        this.offset = offset;
        this.ending = ending;
    }

    Ending ending() {
        return ending;
    }

    /** How many of these bytes, which follow {@code written} others, are still sent; nothing when all of them are. */
    Optional<Integer> within(byte[] bytes, long written) {
        if (at >= 0) {
            long left = Math.max(0, at - written);
            return left <= bytes.length ? Optional.of((int) left) : Optional.empty();
        }
        for (int start = 0; start + text.length <= bytes.length; start++) {
            if (Arrays.equals(bytes, start, start + text.length, text, 0, text.length)) {
                return Optional.of(start + offset);
            }
        }
        return Optional.empty();
    }
}
