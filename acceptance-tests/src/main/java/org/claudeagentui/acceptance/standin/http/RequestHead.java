package org.claudeagentui.acceptance.standin.http;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A request's first line and headers. */
record RequestHead(String method, String path, Map<String, String> query, Map<String, String> headers, boolean lastOfConnection) {
    static RequestHead parse(List<String> lines) throws MalformedRequestException {
        String[] words = lines.getFirst().split(" ", -1);
        if (words.length != 3 || !words[1].startsWith("/")) {
            throw new MalformedRequestException(400, "The request line is not of the form METHOD /PATH HTTP/1.1");
        }
        boolean old = words[2].equals("HTTP/1.0");
        if (!old && !words[2].equals("HTTP/1.1")) {
            throw new MalformedRequestException(505, "Only HTTP/1.1 is spoken here");
        }
        Map<String, String> headers = headers(lines.subList(1, lines.size()));
        boolean close = old || headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close");
        String target = words[1];
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return new RequestHead(words[0], decode(path.replace("+", "%2B")), parameters(query), headers, close);
    }

    boolean chunked() {
        return Optional.ofNullable(headers.get("transfer-encoding")).filter("chunked"::equalsIgnoreCase).isPresent();
    }

    boolean expectsContinue() {
        return "100-continue".equalsIgnoreCase(headers.get("expect"));
    }

    long contentLength() throws MalformedRequestException {
        String length = headers.getOrDefault("content-length", "0");
        if (!length.matches("[0-9]{1,18}")) {
            throw new MalformedRequestException(400, "Content-Length is not a number");
        }
        return Long.parseLong(length);
    }

    private static Map<String, String> headers(List<String> lines) throws MalformedRequestException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new MalformedRequestException(400, "A header has no name");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (first, next) -> first + ", " + next);
        }
        return Map.copyOf(headers);
    }

    private static Map<String, String> parameters(String query) throws MalformedRequestException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return Map.copyOf(parameters);
    }

    private static String decode(String text) throws MalformedRequestException {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedRequestException(400, "The request target is not percent-encoded: " + e.getMessage());
        }
    }
}
