package org.claudeagentui.acceptance.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What can be wrong with an address. */
final class AddressAttacks {
    private static final List<String> STEPS = List.of("%2e%2e", "..", ".", "%2e", "%00", "", "%2f", "%5c", "\\", "%252e%252e",
            "%c0%ae%c0%ae",
            "..%2f..%2f..%2fetc%2fpasswd", "..;", ";a=b", "%", "%zz", "%u0041", "\u00e9", "\u0001", "%0d%0aX-Injected:%201", "%ff", "%20",
            "~", "*",
            "{id}", "<script>", "|", "^", "`", "%ed%a0%80", "..%00", "a%00.json", "%3f", "%23", "CON", "..%5c..%5c", "\u007f",
            "%F0%9F%98%80");
    private static final List<String> IDS = List.of("0", "-1", "none", "null", "undefined", "NaN", "%00", "..%2f", "%2e%2e", "'", "%22",
            "%27%20or%201=1",
            "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "0-0-0-0-0", "1-1-1-1-1", "%20", "*", "%25", "a"
                    .repeat(300),
            "%ff", "%ed%a0%80", "[]", "%5B%5D", "%7B%7D", "true", "2147483648", "9".repeat(40), "%F0%9F%98%80", "a;b=c", "a%3Bb", "$ne",
            "a%0Ab", "a%2Fb",
            "count", "bulk", "%2F", "%E2%80%AE");
    private static final List<String> VALUES = List.of("", "x", "0", "-1", "1.5", "1e3", "99999999999999999999", "2147483648", "%00", "%ff",
            "%",
            "%zz", "+1", "%20", "null", "true", "[]", "{}", "%7B%22%24ne%22%3A1%7D", "name:up", "name:asc,slug:desc", "name:asc:desc", "id",
            "documentId",
            "a".repeat(250), "a".repeat(3000), "%ed%a0%80", "'", "%22", "2026-02-30", "0000-00-00", "999999999-01-01",
            "2026-01-01T00:00:00Z", "&", "=", "%26",
            "<script>", "\u00e9", "\u0000", "1;2", "%0a", "../..", "${x}", "*", "%25", "_", "%5C");
    private static final List<String> NAMES = List.of("page", "pageSize", "sort", "search", "from", "to", "agentId", "lastEventId",
            "unknown", "filters[name][$eq]",
            "populate", "page[]", "a.b", "%00", "", "__proto__", "fields", "status", "locale", "pagination[limit]", "%ff", "x".repeat(
                    2000));

    private AddressAttacks() {
    }

    static void path(Draft draft, Dice dice) {
        List<String> steps = new ArrayList<>(List.of(draft.target().split("/", -1)));
        for (int times = dice.between(1, 3); times > 0; times--) {
            steps.add(dice.between(1, steps.size()), dice.one(STEPS));
        }
        draft.target(String.join("/", steps));
    }

    static void id(Draft draft, Dice dice) {
        draft.target(draft.operation().path().replaceAll("\\{[^}]*}", dice.one(IDS).replace("$", "\\$")));
    }

    static void longAddress(Draft draft, Dice dice) {
        int length = dice.one(List.of(1_000, 4_000, 8_300, 17_000, 70_000));
        draft.target(draft.target() + dice.one(List.of("/" + "x".repeat(length), "/a".repeat(length / 2), "?search=" + "y".repeat(length),
                "?" + "a&".repeat(length
                        / 2), "/%41".repeat(length / 4))));
    }

    static void query(Draft draft, Dice dice) {
        List<String> named = draft.operation().queryNames();
        StringBuilder query = new StringBuilder("?");
        for (int times = dice.between(1, 3); times > 0; times--) {
            String name = named.isEmpty() || dice.once(3) ? dice.one(NAMES) : dice.one(named);
            query.append(name).append(dice.once(10) ? "" : "=").append(dice.one(VALUES)).append(times > 1 ? "&" : "");
        }
        draft.target(draft.target() + query);
    }

    static void target(Draft draft, Dice dice) {
        String target = draft.target();
        draft.target(dice.one(List.of("*", "", "api", "http://127.0.0.1" + target, "http://elsewhere.example" + target,
                "//elsewhere.example" + target,
                "https:" + target, target + "#fragment", "?" + target, "\\" + target.replace('/', '\\'), "/" + target, target + "/", target
                        .toUpperCase(
                                Locale.ROOT), target + " x", "127.0.0.1:3001", "file:///etc/passwd", "/api", "/api/", "/api//",
                "/API/agents", "/internal/../api/about",
                "/.problem", "/.away", "/.events/api/agents", "/metrics/../api/agents", "/health/../api/agents")));
    }
}
