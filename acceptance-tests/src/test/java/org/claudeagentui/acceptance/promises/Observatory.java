package org.claudeagentui.acceptance.promises;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tests of MDN's (formerly Mozilla's) HTTP Observatory as of 2026-08-20 (1.6.3, and the scores of COOP and COEP that followed it):
 * what each wants for the most points that a host can earn by itself. It asks for the page alone; here it is asked of other answers, too.
 */
final class Observatory {
    private static final int BASE = 100;
    private static final long SIX_MONTHS = 15_552_000;
    private static final Pattern AGE = Pattern.compile("max-age=(\\d+)(?:;.*)?");
    private static final Pattern SCRIPT = Pattern.compile("<script\\b[^>]*>");
    private static final Pattern OWN_AND_HASHED = Pattern.compile("(?=.* src=\"/[^/])(?=.* integrity=\"sha(256|384|512)-).*");
    private static final Pattern UNSAFE = Pattern.compile("'unsafe-.*|data:|https?:.*|ftp:.*|\\*");

    private Observatory() {
    }

    /**
     * What a front door answered.
     *
     * @param http to a page asked for over HTTP
     * @param https to what was asked for over HTTPS, by name; a page among them
     * @param foreign to the same, asked from a page of another origin
     * @param signIn to a sign-in over HTTPS
     */
    record Answers(HttpResponse<String> http, Map<String, HttpResponse<String>> https, List<HttpResponse<String>> foreign,
            HttpResponse<String> signIn) {}

    /**
     * How one test ended.
     *
     * @param test its name
     * @param wanted what it gives the most points for
     * @param points how many that are beyond the 100 that each host begins with
     * @param observed what was seen
     * @param met whether that is what is wanted
     */
    record Verdict(String test, String wanted, int points, String observed, boolean met) {
        List<String> row() {
            return List.of(test, wanted, "+" + points, observed, met ? "met" : "not met");
        }
    }

    static List<Verdict> judge(Answers answers) {
        return List.of(
                header(answers, "Content-Security-Policy",
                        "default-src 'none' alone, nothing unsafe or over HTTP, form-action 'self' or 'none'", 10,
                        Observatory::isStrict),
                cookies(answers.signIn()),
                crossOrigin(answers.foreign()),
                header(answers, "Cross-Origin-Embedder-Policy", "require-corp or credentialless", 10, in("require-corp", "credentialless")),
                header(answers, "Cross-Origin-Opener-Policy", "same-origin, or with pop-ups", 10, in("same-origin",
                        "same-origin-allow-popups",
                        "noopener-allow-popups")),
                header(answers, "Cross-Origin-Resource-Policy", "same-origin or same-site", 10, in("same-origin", "same-site")),
                redirection(answers.http()),
                header(answers, "Referrer-Policy", "no-referrer, same-origin, strict-origin or strict-origin-when-cross-origin", 5, in(
                        "no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")),
                header(answers, "Strict-Transport-Security",
                        "six months or more (+5 more, for the preload list, is its owner's to ask for)", 0,
                        Observatory::isLong),
                integrity(answers),
                header(answers, "X-Content-Type-Options", "nosniff", 0, in("nosniff")),
                header(answers, "X-Frame-Options", "DENY or SAMEORIGIN", 5, in("DENY", "SAMEORIGIN")));
    }

    static int score(List<Verdict> verdicts) {
        return BASE + verdicts.stream().filter(Verdict::met).mapToInt(Verdict::points).sum();
    }

    private static Verdict header(Answers answers, String name, String wanted, int points, Predicate<String> rule) {
        Map<String, List<String>> seen = new TreeMap<>();
        answers.https()
                .forEach((what, answer) -> seen.computeIfAbsent(String.join(", ", answer.headers().allValues(name)), _ -> new ArrayList<>())
                        .add(what));
        String observed = seen.size() == 1 ? seen.keySet().iterator().next() : seen.toString();
        return new Verdict(name, wanted, points, observed, seen.keySet().stream().allMatch(rule));
    }

    private static Predicate<String> in(String... values) {
        return List.of(values)::contains;
    }

    private static boolean isStrict(String policy) {
        Map<String, List<String>> directives = new TreeMap<>();
        for (String directive : policy.split(";", -1)) {
            List<String> words = Arrays.asList(directive.strip().split("\\s+"));
            if (directives.put(words.getFirst(), words.subList(1, words.size())) != null) {
                return false;
            }
        }
        return List.of("'none'").equals(directives.get("default-src"))
                && directives.values().stream().flatMap(List::stream).noneMatch(source -> UNSAFE.matcher(source).matches())
                && (List.of("'self'").equals(directives.get("form-action")) || List.of("'none'").equals(directives.get("form-action")));
    }

    private static boolean isLong(String policy) {
        Matcher age = AGE.matcher(policy);
        return age.matches() && Long.parseLong(age.group(1)) >= SIX_MONTHS;
    }

    private static Verdict cookies(HttpResponse<String> signIn) {
        List<String> cookies = signIn.headers()
                .allValues("Set-Cookie")
                .stream()
                .map(cookie -> cookie.replaceFirst("=[^;]*", "=..."))
                .toList();
        boolean met = !cookies.isEmpty() && cookies.stream()
                .allMatch(cookie -> Stream.of("Secure", "HttpOnly", "SameSite=(Strict|Lax)")
                        .allMatch(attribute -> cookie.matches("(?i).*; ?" + attribute + "(;.*|$)")));
        return new Verdict("Cookies", "Secure and SameSite; a session's also HttpOnly", 5, cookies.toString(), met);
    }

    private static Verdict crossOrigin(List<HttpResponse<String>> foreign) {
        List<String> allowed = foreign.stream()
                .flatMap(answer -> answer.headers().allValues("Access-Control-Allow-Origin").stream())
                .toList();
        return new Verdict("Cross-origin resource sharing", "nothing for pages of other origins", 0, allowed.isEmpty()
                ? "nothing"
                : allowed.toString(), allowed.isEmpty());
    }

    private static Verdict redirection(HttpResponse<String> http) {
        String location = http.headers().firstValue("Location").orElse("nowhere");
        return new Verdict("Redirection", "from HTTP to HTTPS on the same host, at once", 0, http.statusCode() + " to " + location,
                http.statusCode() / 100 == 3 && location.startsWith("https://" + http.uri().getHost() + ":"));
    }

    private static Verdict integrity(Answers answers) {
        List<String> scripts = answers.https()
                .values()
                .stream()
                .filter(answer -> answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html"))
                .flatMap(page -> SCRIPT.matcher(page.body()).results())
                .map(script -> script.group())
                .toList();
        List<String> others = scripts.stream().filter(script -> !OWN_AND_HASHED.matcher(script).matches()).toList();
        return new Verdict("Subresource integrity", "every script of the pages from this origin, with its hash", 5, others.isEmpty()
                ? scripts.size() + " scripts, all with their hashes"
                : "without: " + others, !scripts.isEmpty() && others.isEmpty());
    }
}
