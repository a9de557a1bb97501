package org.claudeagentui.service.runs;

/** Texts of a model's making, which may hold what UTF-8 or PostgreSQL can't. */
final class ModelText {

    private static final char REPLACEMENT = '\uFFFD';

    private ModelText() {
    }

    /** The text with a replacement character for each half of a surrogate pair that lacks its other half. */
    static String wellFormed(String text) {
        return isWellFormed(text) ? text : replaced(text, false);
    }

    /** The text as a column can keep it: well-formed, and without the character U+0000. */
    static String storable(String text) {
        return isWellFormed(text) && text.indexOf(0) < 0 ? text : replaced(text, true);
    }

    /** The text's beginning, with a remark on what was cut off where it is longer than that. */
    static String bounded(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "\n[Cut off here: " + (text.length() - end) + " more characters]";
    }

    static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(ModelText::isHalf);
    }

    private static String replaced(String text, boolean nulToo) {
        return text.codePoints()
                .map(point -> isHalf(point) || (nulToo && point == 0) ? REPLACEMENT : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
