package org.claudeagentui.acceptance.standin;

import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Cuts text into pieces of a token's size, and estimates how many tokens a text has. Not Claude's tokens, but always the same ones. */
final class Tokens {
    private static final int BYTES_PER_TOKEN = 4;
    private static final int LONGEST = 8;

    private Tokens() {
    }

    static int count(String text) {
        return (text.getBytes(UTF_8).length + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }

    /** Pieces that begin with the space before a word and break longer words; joined they are the text. */
    static List<String> split(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        boolean word = false;
        for (int codePoint : text.codePoints().toArray()) {
            boolean space = Character.isWhitespace(codePoint);
            if (!piece.isEmpty() && ((space && word) || piece.length() >= LONGEST)) {
                pieces.add(piece.toString());
                piece.setLength(0);
                word = false;
            }
            piece.appendCodePoint(codePoint);
            word |= !space;
        }
        return withRest(pieces, piece);
    }

    /** Pieces of so many code points; joined they are the text. */
    static List<String> split(String text, int codePoints) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int length = 0;
        for (int codePoint : text.codePoints().toArray()) {
            piece.appendCodePoint(codePoint);
            length++;
            if (length == codePoints) {
                pieces.add(piece.toString());
                piece.setLength(0);
                length = 0;
            }
        }
        return withRest(pieces, piece);
    }

    private static List<String> withRest(List<String> pieces, StringBuilder rest) {
        if (!rest.isEmpty()) {
            pieces.add(rest.toString());
        }
        return pieces;
    }
}
