package org.claudeagentui.service.claude;

import org.claudeagentui.service.web.Jsons;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** A long text as JSON carries it, between its quotes: it may be sent many times, and is kept once. */
public final class JsonText {

    private final byte[] bytes;

    private JsonText(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Any text. */
    public static JsonText of(String text) {
        byte[] quoted = Jsons.PROVIDER.createValue(text).toString().getBytes(StandardCharsets.UTF_8);
        return new JsonText(Arrays.copyOfRange(quoted, 1, quoted.length - 1));
    }

    /**
     * A text that JSON carries as it is, such as one in Base64.
     *
     * @param bytes its bytes; they are not copied, and must not be changed any more
     */
    public static JsonText ofPlain(byte[] bytes) {
        return new JsonText(Objects.requireNonNull(bytes, "bytes"));
    }

    byte[] bytes() {
        return bytes;
    }

    String text() {
        try (var reader = Jsons.PROVIDER.createReader(new StringReader("[\"" + new String(bytes, StandardCharsets.UTF_8) + "\"]"))) {
            return reader.readArray().getString(0);
        }
    }
}
