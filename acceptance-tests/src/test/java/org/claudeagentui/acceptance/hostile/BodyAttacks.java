package org.claudeagentui.acceptance.hostile;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What can be wrong with a body. */
final class BodyAttacks {
    private static final List<String> VALUES = List.of("null", "true", "0", "-1", "1.5", "\"\"", "\" \"", "\"x\"", "[]", "[[]]", "[null]",
            "[1,\"a\",{}]", "{}", "{\"a\":null}", "{\"$ne\":1}", "{\"id\":{\"id\":1}}", "[[[[1]]]]", "\"2026-13-45\"", "\"00000000\"",
            "[\"same\",\"same\"]", "{\"set\":[1]}", "{\"connect\":[\"1\"]}", "[{\"documentId\":\"a\"}]", "\"__proto__\"");
    private static final List<String> NUMBERS = List.of("1e400", "-1e400", "1e-400", "99999999999999999999", "9223372036854775808",
            "-9223372036854775809", "2147483648", "1e2147483647", "1e-2147483648", "1e99999999999", "0.1e1", "-0", "1E+5",
            "0." + "1".repeat(500), "9".repeat(2000), "3.0", "1e3", "0x10", "01", "NaN", "-Infinity", "+1", ".5", "5.");
    private static final List<String> CHARACTERS = List.of("\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
            "\"\\ud83d\"", "\"\\uffff\"", "\"\\u202e\"", "\"\\ufeff\"", "\"\\u0001\\u001b[31m\"", "\"\\r\\nSet-Cookie: a=b\"",
            "\"'; DROP TABLE runs;--\"", "\"${7*7}{{7*7}}\"", "\"../../etc/passwd\"", "\"<script>alert(1)</script>\"", "\"\\x41\"",
            "\"a\tb\"", "\"\\u12\"");
    private static final List<String> BAD_UTF8 = List.of("\u00ff", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080",
            "\u00e2\u0082", "\u0080", "\u00f8\u0088\u0080\u0080\u0080", "\u0000");
    private static final List<String> NAMES = List.of("__proto__", "constructor", "id", "documentId", "createdAt", "owner", "a\\u0000",
            "\\ud800", "", " ", "$where", "publishedAt", "locale", "x".repeat(5000), "name\\u0000", "Name", "toString");
    private static final List<String> NO_OBJECTS = List.of("", " ", "{", "}", "[]", "null", "true", "0", "\"text\"", "{}{}", "{\"a\"}",
            "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\":1}x", "\ufeff{}", "// {}", "<a/>", "a=b&c=d", "{\"a\":\"", "{}\u0000",
            "\u001f\u008b\b", "[{}]", "--x\r\n\r\n--x--");
    private static final List<String> TYPES = List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
            "nonsense", "", "application/json; charset=utf-16", "application/json;charset=nonsense", "application/JSON",
            "application/json;",
            "application/json, text/plain", "application/vnd.api+json", "*/*", "application/", "/json", "application/json; q=\"",
            "\u00e4/\u00f6",
            "application/octet-stream", "text/json", "application/json\u0000", "a".repeat(3000) + "/b");

    private BodyAttacks() {
    }

    private static String someMember(Draft draft, Dice dice) {
        List<String> names = draft.operation()
                .body()
                .orElseThrow()
                .path("properties")
                .properties()
                .stream()
                .map(it -> it.getKey())
                .toList();
        return names.isEmpty() ? "name" : dice.one(names);
    }

    static void wrongType(Draft draft, Dice dice) {
        for (int times = dice.between(1, 3); times > 0; times--) {
            draft.members().put(someMember(draft, dice), dice.one(VALUES));
        }
        draft.object();
    }

    static void tooLong(Draft draft, Dice dice) {
        int length = dice.one(List.of(101, 201, 2_001, 8_001, 50_001, 200_001, 600_000));
        String text = "\"" + dice.one(List.of("x", "\u00e9", "\ud83d\ude00", " ")).repeat(length) + "\"";
        String list = IntStream.range(0, length / 100 + 20).mapToObj(at -> "\"e" + at + "\"").collect(Collectors.joining(",", "[", "]"));
        String map = IntStream.range(0, length / 100 + 60)
                .mapToObj(at -> "\"e" + at + "\":\"v\"")
                .collect(Collectors.joining(",", "{", "}"));
        draft.members().put(someMember(draft, dice), dice.one(List.of(text, text, list, map, "[" + text + "]", "{\"a\":" + text + "}")));
        draft.object();
    }

    static void deep(Draft draft, Dice dice) {
        int depth = dice.one(List.of(50, 400, 1_100, 10_000, 100_000));
        String nested = dice.one(List.of("[".repeat(depth) + "]".repeat(depth), "{\"a\":".repeat(depth) + "1" + "}".repeat(depth),
                "[{\"a\":".repeat(depth), "[".repeat(depth)));
        draft.members().put(dice.once(2) ? "metadata" : someMember(draft, dice), nested);
        draft.object();
    }

    static void numbers(Draft draft, Dice dice) {
        draft.members().put(someMember(draft, dice), dice.one(NUMBERS));
        draft.object();
    }

    static void characters(Draft draft, Dice dice) {
        if (dice.once(3)) {
            draft.members().put(someMember(draft, dice), "\"@@\"");
            String text = new String(draft.object().body(), ISO_8859_1);
            draft.body(text.replace("@@", dice.one(BAD_UTF8)).getBytes(ISO_8859_1));
        } else {
            draft.members().put(someMember(draft, dice), dice.one(CHARACTERS));
            draft.object();
        }
    }

    static void members(Draft draft, Dice dice) {
        if (dice.once(3)) {
            String name = someMember(draft, dice);
            draft.body("{\"" + name + "\":\"once\",\"" + name + "\":\"twice\"}");
        } else if (dice.once(4)) {
            draft.body(IntStream.range(0, 20_000).mapToObj(at -> "\"m" + at + "\":" + at).collect(Collectors.joining(",", "{", "}")));
        } else {
            draft.members().put(dice.one(NAMES), dice.one(VALUES));
            draft.object();
        }
    }

    static void noObject(Draft draft, Dice dice) {
        String text = new String(draft.body(), UTF_8);
        byte[] cut = text.substring(0, dice.between(0, text.length())).getBytes(UTF_8);
        draft.body(dice.one(List.of(cut, text.getBytes(UTF_16), text.getBytes(UTF_16LE), dice.one(NO_OBJECTS).getBytes(UTF_8), dice.one(
                NO_OBJECTS).getBytes(UTF_8))));
    }

    static void contentType(Draft draft, Dice dice) {
        if (!dice.once(8)) {
            draft.without("Content-Type");
        }
        if (!dice.once(6)) {
            draft.header("Content-Type: " + dice.one(TYPES));
        }
        if (dice.once(4)) {
            draft.header("Content-Encoding: " + dice.one(List.of("gzip", "br", "nonsense", "identity", "deflate, gzip")));
        }
    }

    static void oversized(Draft draft, Dice dice) {
        boolean large = dice.once(12);
        draft.members()
                .put(someMember(draft, dice), "\"" + "x".repeat(large ? 17_000_000 : dice.one(List.of(1_999_000, 2_100_000))) + "\"");
        draft.object();
    }

    static void uninvited(Draft draft, Dice dice) {
        draft.body(dice.one(List.of("{}", "x", "{\"a\":1}", "x".repeat(70_000))));
        if (dice.once(2)) {
            draft.header("Content-Type: " + dice.one(List.of("application/json", "text/plain", "nonsense")));
        }
    }
}
