package org.claudeagentui.service.web;

/** What a text may hold. */
public final class Texts {
    private Texts() {
    }

    /**
     * Whether PostgreSQL can store a text.
     *
     * @param text any text
     * @return false where it holds a NUL or half of a surrogate pair
     */
    public static boolean storable(String text) {
        return text.indexOf('\0') < 0 && text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
