package org.claudeagentui.acceptance.report;

/** A status as a sign and a word, so that colour is never all that tells it. */
enum StatusMark {
    GOOD("✓", "good"), BAD("✗", "bad"), OPEN("–", "open");

    private final String sign;
    private final String style;

    StatusMark(String sign, String style) {
        this.sign = sign;
        this.style = style;
    }

    static StatusMark of(Status status) {
        return switch (status) {
            case VERIFIED -> GOOD;
            case BROKEN -> BAD;
            case NOT_VERIFIED -> OPEN;
        };
    }

    static StatusMark of(Result result) {
        return switch (result) {
            case PASSED -> GOOD;
            case FAILED -> BAD;
            case NOT_RUN -> OPEN;
        };
    }

    static StatusMark of(Verdict verdict) {
        return switch (verdict) {
            case VERIFIED -> GOOD;
            case BROKEN, ENVIRONMENT_FAILED -> BAD;
            case INCOMPLETE -> OPEN;
        };
    }

    String sign() {
        return sign;
    }

    /** The style sheet's name for it. */
    String style() {
        return style;
    }

    void badge(Markup out, String word) {
        out.open("span", "class", "badge " + style).leaf("span", sign, "aria-hidden", "true").text(" " + word).close();
    }
}
