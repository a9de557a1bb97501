package org.claudeagentui.acceptance.hostile;

import java.util.List;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** What can be wrong with the frame that a request comes in. */
final class FramingAttacks {
    private static final String HIDDEN = "GET /health/live HTTP/1.1\r\nHost: hidden\r\n\r\n";
    private static final List<String> VERSIONS = List.of("HTTP/1.0", "HTTP/2.0", "HTTP/3", "HTTP/9.9", "HTTP/1.2", "HTTP/1.1.1", "http/1.1",
            "HTTP/1", "HTTP", "HTTP/", "SPDY/1", "", "HTTP/1.1 x", "RTSP/1.0",
            "HTTP/ 1.1", "HTTP/01.1", "HTTP/1,1");

    private FramingAttacks() {
    }

    static void chunked(Draft draft, Dice dice) {
        String body = new String(draft.body(), ISO_8859_1);
        String size = Integer.toHexString(body.length());
        String whole = size + "\r\n" + body + "\r\n";
        String huge = ("ffff\r\n" + " ".repeat(0xffff) + "\r\n").repeat(dice.one(List.of(2, 40)));
        draft.lengthUntold().header("Transfer-Encoding: chunked");
        String chunks = dice.one(List.of(whole + "0\r\n\r\n", whole + "0\r\nX-Trailer: 1\r\n\r\n", size + ";a=b;c=\"d\"\r\n" + body
                + "\r\n0\r\n\r\n", huge + whole + "0\r\n\r\n", whole, "zz\r\n" + body, "-1\r\n"
                        + body, "0x" + whole, "ffffffffffffffff\r\n" + body, "7fffffff\r\n" + body, size + "\n" + body + "\n0\n\n", whole
                                .substring(0, dice.between(0, whole.length())), size + "\r\n" + body + "XX0\r\n\r\n",
                "000000000000000000000000" + whole + "0\r\n\r\n", size + " \r\n" + body + "\r\n0\r\n\r\n", "\r\n0\r\n\r\n", size + ";" + "e"
                        .repeat(20_000) + "\r\n" + body + "\r\n0\r\n\r\n",
                "1\r\n{\r\n".repeat(3_000) + "0\r\n\r\n", "0\r\n" + "T: t\r\n".repeat(3_000) + "\r\n"));
        draft.body(chunks.getBytes(ISO_8859_1));
        if (!chunks.endsWith("\r\n\r\n")) {
            draft.unfinished();
        }
    }

    static void protocol(Draft draft, Dice dice) {
        draft.version(dice.one(VERSIONS));
    }

    static void smuggling(Draft draft, Dice dice) {
        String body = new String(draft.body(), ISO_8859_1);
        String chunks = (body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n") + "0\r\n\r\n";
        draft.lengthUntold().without("Connection");
        switch (dice.between(0, 9)) {
            case 0 -> lines(draft, chunks + HIDDEN, "Content-Length: " + (chunks + HIDDEN).length(), "Transfer-Encoding: chunked");
            case 1 -> lines(draft, chunks + HIDDEN, "Transfer-Encoding: chunked", "Content-Length: 4");
            case 2 -> lines(draft, body + HIDDEN, "Content-Length: " + body.length(), "Content-Length: " + (body + HIDDEN).length());
            case 3 -> lines(draft, chunks + HIDDEN, "Transfer-Encoding: " + dice.one(List.of("xchunked", "identity", "chunked, identity",
                    "gzip, chunked", "chunked\u000b", "\"chunked\"", "x")), "Content-Length: " + body
                            .length());
            case 4 -> lines(draft, chunks, "Transfer-Encoding: chunked", "Transfer-Encoding: " + dice.one(List.of("x", "identity",
                    "chunked")));
            case 5 -> lines(draft.unfinished(), body, "Content-Length: " + dice.one(List.of("-1", "+" + body.length(), "0x5",
                    "99999999999999999999",
                    "5, 6", "", " ", "5 5", "1e1", "\u0665", "4294967296", "2147483648")));
            case 6 -> lines(draft, chunks + HIDDEN, "Transfer-Encoding : chunked", "Content-Length: " + body.length());
            case 7 -> lines(draft, chunks + HIDDEN, "X: y\nTransfer-Encoding: chunked", "Content-Length: " + body.length());
            case 8 -> lines(draft.unfinished(), body, "Content-Length: " + (body.length() + 50));
            default -> lines(draft, chunks + HIDDEN, "Transfer-Encoding:\tchunked", "Content-Length: " + chunks.length());
        }
    }

    private static void lines(Draft draft, String body, String... headers) {
        List.of(headers).forEach(draft::header);
        draft.body(body.getBytes(ISO_8859_1));
    }
}
