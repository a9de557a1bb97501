package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands on every answer of nginx, whoever made it. */
@AcceptanceTest
class HeadersIT {
    /** As MDN's Observatory asks for them, and more. */
    private static final Map<String, String> RULES = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "same-origin",
            "Permissions-Policy", "camera=\\(\\).*",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Embedder-Policy", "require-corp",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Content-Security-Policy", "default-src 'none'; (?!.*unsafe-).*frame-ancestors 'none'.*",
            "X-Request-Id", "[A-Za-z0-9._-]+");
    private static final List<String> SECRETIVE = List.of("X-Powered-By", "X-AspNet-Version", "Via");
    private static final Pattern SCRIPT = Pattern.compile("<script[^>]* src=\"(/assets/[^\"]+)\"");
    private static final int TOO_LARGE = 3 << 20;

    @Test
    @Promise(value = "SEC-3", part = "security headers on every answer")
    void securityHeadersStandOnEveryAnswer(ComposeStack stack, Evidence evidence) {
        evidence.expected("on the answers of each kind and status, each header once: " + RULES + "; and none of " + SECRETIVE
                + "; Server names no version");

        Map<String, Answer> answers = answers(stack);
        List<List<String>> rows = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        answers.forEach((what, answer) -> {
            List<String> wrong = wrong(answer);
            rows.add(List.of(what, String.valueOf(answer.status()), wrong.isEmpty() ? "all" : wrong.toString()));
            wrong.forEach(header -> faults.add(what + ": " + header));
        });
        evidence.table("Answers", List.of("asked for", "status", "headers"), rows)
                .observed("%d answers, statuses %s; wrong: %s".formatted(answers.size(), answers.values()
                        .stream()
                        .map(Answer::status)
                        .distinct()
                        .sorted()
                        .toList(), faults));

        assertThat(faults).isEmpty();
        assertThat(answers.values()).extracting(Answer::status).contains(200, 201, 204, 304, 400, 401, 404, 405, 413, 414, 422);
    }

    @Test
    @Promise(value = "SEC-3", part = "only CORS_ORIGIN's pages")
    void onlyPagesOfListedOriginsMayCall(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "a page of http://localhost:5173, the default of CORS_ORIGIN, may call; pages of other origins, null and look-alikes may not, "
                        + "neither at once nor after asking first, on answers and on refusals");

        List<String> hostile = List.of("https://evil.example", "null", "http://localhost:5173.evil.example", "http://localhost:51730",
                "https://localhost:5173", "http://LOCALHOST:5173/");
        Map<String, String> allowed = new LinkedHashMap<>();
        for (String path : List.of("/api/agents", "/api/none", "/api/runs/" + UUID.randomUUID())) {
            for (String origin : hostile) {
                allowed.put(origin + " " + path, allowedOrigin(request(stack, path).header("Origin", origin).GET()));
                allowed.put(origin + " " + path + " asking first", allowedOrigin(preflight(stack, path, origin)));
            }
        }
        String listed = allowedOrigin(request(stack, "/api/agents").header("Origin", "http://localhost:5173").GET());
        String first = allowedOrigin(preflight(stack, "/api/agents", "http://localhost:5173"));
        evidence.observed("the listed one: %s, asking first: %s; %d of others, allowed: %s".formatted(listed, first, allowed.size(), allowed
                .values()
                .stream()
                .distinct()
                .toList()));

        assertThat(listed).isEqualTo("http://localhost:5173");
        assertThat(first).isEqualTo("http://localhost:5173");
        assertThat(allowed.values()).containsOnly("nobody");
    }

    private static HttpRequest.Builder preflight(ComposeStack stack, String path, String origin) {
        return request(stack, path).header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", BodyPublishers.noBody());
    }

    private static String allowedOrigin(HttpRequest.Builder request) {
        return Http.send(request).headers().firstValue("Access-Control-Allow-Origin").orElse("nobody");
    }

    private static Map<String, Answer> answers(ComposeStack stack) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        Answer page = Http.send(request(stack, "/").GET());
        Matcher script = SCRIPT.matcher(page.body());
        assertThat(script.find()).as("the page has a script").isTrue();
        answers.put("the page", page);
        answers.put("a page of its own address", Http.send(request(stack, "/agents/new").GET()));
        answers.put("a script", Http.send(request(stack, script.group(1)).GET()));
        answers.put("a script that is known", Http.send(request(stack, script.group(1)).header("If-None-Match", answers.get("a script")
                .headers()
                .firstValue("ETag")
                .orElseThrow()).GET()));
        answers.put("a part of a script", Http.send(request(stack, script.group(1)).header("Range", "bytes=99999999-")
                .GET()));
        answers.put("no script", Http.send(request(stack, "/assets/none.js").GET()));
        answers.put("the icon", Http.send(request(stack, "/favicon.svg").GET()));
        answers.put("health", Http.send(request(stack, "/health").GET()));
        answers.put("agents", Http.send(request(stack, "/api/agents").GET()));
        answers.put("agents, without a token", Http.send(request(stack, "/api/agents").header("Authorization", "Bearer none").GET()));
        answers.put("a skill that is made", Http.postJson(stack.frontDoor() + "/api/skills",
                "{\"name\":\"Headers %s\",\"content\":\"x\"}".formatted(UUID.randomUUID())));
        answers.put("a skill that is none", Http.postJson(stack.frontDoor() + "/api/skills", "{}"));
        answers.put("JSON that is none", Http.postJson(stack.frontDoor() + "/api/skills", "{"));
        answers.put("too large a body", Http.postJson(stack.frontDoor() + "/api/skills", "x".repeat(TOO_LARGE)));
        answers.put("no API", Http.send(request(stack, "/api/none").GET()));
        answers.put("another method", Http.send(request(stack, "/api/agents").method("PROPFIND", BodyPublishers.noBody())));
        answers.put("a method for no file", Http.send(request(stack, "/favicon.svg").method("DELETE", BodyPublishers.noBody())));
        answers.put("too long an address", Http.send(request(stack, "/" + "x".repeat(20_000)).GET()));
        answers.put("the description", Http.send(request(stack, "/openapi").GET()));
        answers.put("Strapi's health", Http.send(request(stack, "/strapi/_health").GET()));
        answers.put("Strapi's admin page", Http.send(request(stack, "/strapi/admin").GET()));
        answers.put("an upload that is none", Http.send(request(stack, "/strapi/uploads/none.txt").GET()));
        answers.put("an upload", Http.send(request(stack, "/strapi" + StrapiAdmin.signIn(stack)
                .upload("headers.txt", "plain".getBytes(StandardCharsets.UTF_8))
                .orThrow()
                .json()
                .at("/0/url")
                .asText()).GET()));
        return answers;
    }

    private static List<String> wrong(Answer answer) {
        List<String> wrong = new ArrayList<>();
        RULES.forEach((header, rule) -> {
            List<String> values = answer.headers().allValues(header);
            if (values.size() != 1 || !values.getFirst().matches(rule)) {
                wrong.add(header + " " + values);
            }
        });
        SECRETIVE.stream()
                .filter(header -> answer.headers().firstValue(header).isPresent())
                .forEach(header -> wrong.add(header
                        + " is there"));
        answer.headers()
                .firstValue("Server")
                .filter(server -> server.matches(".*\\d.*"))
                .ifPresent(server -> wrong.add("Server: "
                        + server));
        return wrong;
    }

    private static HttpRequest.Builder request(ComposeStack stack, String path) {
        return HttpRequest.newBuilder(URI.create(stack.frontDoor() + path));
    }
}
