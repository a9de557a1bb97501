package org.claudeagentui.service.claude;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** JSON in pieces, so that what is long is put between the others as it is, and never copied. */
final class SplicedBytes extends ByteArrayOutputStream {

    private final List<byte[]> pieces = new ArrayList<>();

    SplicedBytes() {
        super(1024);
    }

    /** Fills the empty text that was written last. */
    void fill(JsonText text) {
        byte[] written = toByteArray();
        pieces.add(Arrays.copyOf(written, written.length - 1));
        pieces.add(text.bytes());
        reset();
        write('"');
    }

    /** All pieces, in order. */
    List<byte[]> pieces() {
        pieces.add(toByteArray());
        return List.copyOf(pieces);
    }
}
