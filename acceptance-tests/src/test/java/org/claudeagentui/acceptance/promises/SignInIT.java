package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.openapi.ApiDocument;
import org.claudeagentui.acceptance.openapi.Operation;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Browser;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebDriver;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Who gets in, and what they see of each other. */
@AcceptanceTest
class SignInIT {
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(1);
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration ANSWERED = Duration.ofSeconds(20);
    private static final int LONG = 400;

    @Test
    @Promise(value = "SEC-2", part = "every route asks who is calling")
    void everyRouteAsksWhoIsCalling(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "each operation of /openapi, asked by nobody, and with a token that was never made, through nginx and directly: 401 and a problem"
                        + " document; open are health, the sign-in itself, the description and the web UI's files alone");

        List<List<String>> rows = new ArrayList<>();
        Map<String, List<Integer>> open = new TreeMap<>();
        for (Operation operation : ApiDocument.parse(Http.get(stack.frontDoor() + "/openapi").orThrow().body()).operations()) {
            String address = operation.path().replaceAll("\\{[^}]*}", "x");
            if (address.startsWith("/api/")) {
                List<Integer> seen = List.of(anonymous(stack.frontDoor() + address, operation.method()), withToken(stack.frontDoor()
                        + address, operation.method()), anonymous(direct(stack) + address, operation.method()));
                rows.add(List.of(operation.toString(), seen.toString()));
                if (!List.of(401, 401, 401).equals(seen)) {
                    open.put(operation.toString(), seen);
                }
            }
        }
        evidence.table("What nobody is told", List.of("operation", "status: nobody, a made-up token, nobody past nginx"), rows)
                .observed("%d operations; open: %s".formatted(rows.size(), open.keySet()));

        assertThat(rows).hasSizeGreaterThan(20);
        assertThat(open.keySet()).allSatisfy(operation -> assertThat(operation).isEqualTo("POST /api/session"));
        assertThat(anonymous(direct(stack) + "/metrics", "GET")).as("/metrics").isEqualTo(401);
        assertThat(Http.send(request(stack.frontDoor() + "/").GET()).status()).as("the web UI").isEqualTo(200);
    }

    @Test
    @Promise(value = "SEC-2", part = "what is revoked lets nobody in")
    void whatIsRevokedLetsNobodyIn(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "a token that its owner revokes, a session that is ended, a user who is blocked in Strapi: refused at once, or within "
                        + SEEN_WITHIN.toMillis() + " ms of the change in Strapi; a stream that is open then ends in that time");

        try (Runner runner = Runner.of(stack, "{}")) {
            Member carol = Member.join(stack, "Carol");
            JsonNode token = carol.post("/api/tokens", "{\"name\":\"a script's\"}").orThrow().json();
            String bearer = "Bearer " + token.path("token").asText();
            int before = Http.send(request(stack.frontDoor() + "/api/session").header("Authorization", bearer).GET()).status();
            String run = carol.post("/api/runs", "{\"agentId\":\"%s\",\"input\":\"%s\"}".formatted(runner.agent(), runner.scripted(
                    script -> script.text(LONG, PACE)))).orThrow().json().path("id").asText();
            Duration stream;
            try (var open = Member.stream(stack, run, bearer)) {
                carol.delete("/api/tokens/" + token.path("id").asText()).orThrow();
                stream = open.untilItEnds();
            }
            int after = Http.send(request(stack.frontDoor() + "/api/session").header("Authorization", bearer).GET()).status();
            StrapiAdmin admin = StrapiAdmin.signIn(stack);
            admin.change("plugin::users-permissions.user", carol.id(), "{\"blocked\":true}");
            Instant blocked = Instant.now();
            await().atMost(SEEN_WITHIN.multipliedBy(5))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> carol.get("/api/session")
                            .status() == 401);
            Duration seen = Duration.between(blocked, Instant.now());
            evidence.observed("token: %d, revoked: %d; its stream ended after %d ms; blocked user out after %d ms".formatted(before, after,
                    stream.toMillis(), seen.toMillis()));

            assertThat(before).isEqualTo(200);
            assertThat(after).isEqualTo(401);
            assertThat(stream).isLessThan(SEEN_WITHIN);
            assertThat(seen).isLessThan(SEEN_WITHIN);
        }
    }

    @Test
    @Promise(value = "SEC-2", part = "guesses are slowed")
    void guessesAreSlowed(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "five wrong passwords for a user: 401 each; then 429 with Retry-After for the right one too, which lets in after that time");

        Member oscar = Member.join(stack, "Oscar");
        List<Integer> guesses = new ArrayList<>();
        for (int guess = 0; guess < 5; guess++) {
            guesses.add(Member.signIn(stack, oscar.email(), "guess " + guess).status());
        }
        Answer waits = Member.signIn(stack, oscar.email(), oscar.password());
        int seconds = waits.headers().firstValue("Retry-After").map(Integer::parseInt).orElse(-1);
        await().atMost(SEEN_WITHIN.multipliedBy(10)).until(() -> Member.signIn(stack, oscar.email(), oscar.password()).status() == 200);
        evidence.observed("guesses %s, then %d, Retry-After %d; then 200".formatted(guesses, waits.status(), seconds));

        assertThat(guesses).containsOnly(401);
        assertThat(waits.status()).isEqualTo(429);
        assertThat(seconds).isBetween(1, 2);
    }

    @Test
    @Promise(value = "SEC-2", part = "./stack token")
    void theOperatorMakesTokens(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "./stack token prints a token and nothing else, which lets in as APP_ADMIN_EMAIL; one for a user that isn't there is refused");

        String token = stack.stack("token", "from the acceptance suite", "--days", "1").orThrow().out().strip();
        Answer session = Http.send(request(stack.frontDoor() + "/api/session").header("Authorization", "Bearer " + token).GET());
        int nobody = stack.stack("token", "x", "--user", "nobody@example.org").exitCode();
        evidence.observed("signed in as %s; for nobody: exit code %d".formatted(session.json().path("user"), nobody));

        assertThat(token).matches("cau_[A-Za-z0-9]{43}");
        assertThat(session.orThrow().json().at("/user/role").asText()).isEqualTo("administrator");
        assertThat(nobody).isEqualTo(1);
        assertThat(stack.query("SELECT count(*) FROM runs.api_token WHERE hash LIKE 'cau%'")).containsExactly("0");
    }

    @Test
    @Promise(value = "SEC-2", part = "a hostile page in a browser")
    @Promise(value = "ENV-3", part = "CORS_ORIGIN")
    void aHostilePageDoesNothingInABrowserThatIsSignedIn(ComposeStack stack, Stacks stacks, Evidence evidence) {
        evidence.expected(
                "in Chromium, signed in at the web UI: a page of another origin on the same host, and one of another site, can neither read"
                        + " nor change anything with the session; its script can't read the cookie; a page of CORS_ORIGIN may read with a token");

        String allowed = stack.env().get("CORS_ORIGIN").orElse("http://localhost:5173");
        int preflight = preflight(stack, allowed);
        int foreign = preflight(stack, "http://evil.example");
        WebDriver window = stacks.browser().open();
        try {
            Browser.signIn(window, stack);
            JavascriptExecutor page = (JavascriptExecutor) window;
            String cookies = String.valueOf(page.executeScript("return document.cookie"));
            long own = status(page, stack.frontDoor() + "/api/session", "GET");
            Map<String, String> origins = new LinkedHashMap<>();
            origins.put("another port", direct(stack) + "/health/live");
            origins.put("another site", direct(stack).replace("127.0.0.1", "localhost") + "/health/live");
            List<List<String>> rows = new ArrayList<>();
            origins.forEach((name, hostile) -> {
                window.get(hostile);
                for (String method : List.of("GET", "POST", "DELETE")) {
                    rows.add(List.of(name + ": " + method, String.valueOf(outcome(page, stack.frontDoor() + "/api/session", method))));
                }
            });
            window.get(stack.frontDoor());
            long still = status(page, stack.frontDoor() + "/api/session", "GET");
            evidence.table("What hostile pages are told", List.of("page and request", "observed"), rows)
                    .observed("own page %d, afterwards %d; document.cookie '%s'; preflight of CORS_ORIGIN %d, of another %d".formatted(own,
                            still,
                            cookies, preflight, foreign));

            assertThat(own).isEqualTo(200);
            assertThat(cookies).doesNotContain("claude_session");
            assertThat(rows).allSatisfy(row -> assertThat(row.get(1)).as(row.getFirst()).isEqualTo("TypeError"));
            assertThat(still).as("nobody was signed out").isEqualTo(200);
            assertThat(preflight).isEqualTo(204);
            assertThat(foreign).isEqualTo(403);
        } finally {
            window.quit();
        }
    }

    private static int preflight(ComposeStack stack, String origin) {
        return Http.send(request(stack.frontDoor() + "/api/agents").header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization")
                .method("OPTIONS", BodyPublishers.noBody())).status();
    }

    // A browser gives up what is on its way when the machine's interfaces change, as they do when another test's stack comes or goes.
    private static long status(JavascriptExecutor page, String url, String method) {
        return Long.parseLong(await().atMost(ANSWERED).until(() -> outcome(page, url, method), outcome -> !outcome.equals("TypeError")));
    }

    private static String outcome(JavascriptExecutor page, String url, String method) {
        return String.valueOf(page.executeAsyncScript("""
                fetch(arguments[0], {method: arguments[1], credentials: 'include'})
                  .then(answer => arguments[2](answer.status), failure => arguments[2](failure.name));
                """, url, method));
    }

    private static int anonymous(String url, String method) {
        return Http.send(request(url).header("Cookie", "none=at-all")
                .method(method, BodyPublishers
                        .noBody())).status();
    }

    private static int withToken(String url, String method) {
        return Http.send(request(url).header("Authorization", "Bearer cau_never-made")
                .method(method,
                        BodyPublishers.noBody())).status();
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url));
    }

    private static String direct(ComposeStack stack) {
        return "http://127.0.0.1:" + stack.port("EXPRESS_PORT");
    }
}
