package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.ExecResult;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Keys;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.claudeagentui.acceptance.stack.TlsFinding;
import org.claudeagentui.acceptance.stack.TlsFinding.Severity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A front door with a certificate that {@code ./stack certificate} made, and a public cache that is out of date after a second. */
@AcceptanceTestBeside
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnFrontDoorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Pattern AGREED = Pattern.compile("New, (TLSv[\\d.]+), Cipher is (\\S+)");
    private static final Pattern SCRIPT = Pattern.compile("<script[^>]* src=\"(/assets/[^\"]+)\"");
    private static final List<String> OLD = List.of("-tls1", "-tls1_1");
    private static final List<String> NEW = List.of("-tls1_2", "-tls1_3");
    private static final List<String> WEAK = List.of("AES128-SHA", "AES256-GCM-SHA384", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA",
            "DHE-RSA-AES128-GCM-SHA256", "NULL-SHA256", "aNULL");
    private static final List<String> PLAIN_SCAN = List.of("--protocols", "--headers");
    private static final List<String> SOUND = List.of("SSLv2", "SSLv3", "TLS1_2", "TLS1_3", "ALPN_HTTP2", "HSTS_time", "X-Frame-Options",
            "X-Content-Type-Options", "Content-Security-Policy");
    private static final List<String> SOUND_IN_ALL = List.of("cert_trust", "cert_chain_of_trust", "cert_keySize", "cert_signatureAlgorithm",
            "FS",
            "cipherlist_NULL", "cipherlist_aNULL", "cipherlist_EXPORT", "cipherlist_LOW", "cipherlist_STRONG_FS", "heartbleed", "CCS",
            "ticketbleed", "ROBOT", "secure_renego", "secure_client_renego", "CRIME_TLS", "BREACH", "POODLE_SSL", "fallback_SCSV",
            "SWEET32",
            "FREAK", "DROWN", "LOGJAM", "BEAST", "LUCKY13", "winshock", "RC4", "overall_grade");
    /** What a certificate that vouches for itself can't mend, and why. */
    private static final Map<String, String> UNAVOIDABLE = Map.of("cert_revocation",
            "nobody but its owner signed it, so nobody keeps a list of what is revoked: it is replaced instead");

    private final ComposeStack stack;

    OwnFrontDoorIT(Stacks stacks) throws IOException {
        stack = stacks.create().onACopy();
        Path cache = stack.root().resolve("nginx/conf.d/snippets/public-cache.conf");
        Files.writeString(cache, Files.readString(cache).replace("proxy_cache_valid 200 5m;", "proxy_cache_valid 200 1s;"));
    }

    @BeforeAll
    void boot() {
        stack.start();
        stack.stack("certificate", "127.0.0.1", "localhost").orThrow();
        await().atMost(PATIENCE).until(() -> stack.isHealthy(Service.FRONTEND));
    }

    @Test
    @Promise(value = "TOP-6", part = "a certificate on request, redirect and HSTS")
    @Promise(value = "SEC-3", part = "over HTTPS")
    void httpLeadsToHttps(Evidence evidence) throws Exception {
        evidence.expected(
                "HTTP is answered 308 to the same address over HTTPS, but for /health; HTTPS speaks HTTP/2 and says Strict-Transport-Security, "
                        + "but not to localhost; a session's cookie is Secure; a second certificate is made only with --replace; ./stack status tells how long it is good");

        int https = stack.port("FRONTEND_HTTPS_PORT");
        Answer redirect = Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/api/agents?page=2"))
                .POST(BodyPublishers.noBody()));
        int health = Http.get(stack.frontDoor() + "/health").status();
        CommandResult again = stack.stack("certificate");
        String status = stack.stack("status").out();
        HttpResponse<String> page;
        HttpResponse<String> local;
        HttpResponse<String> session;
        try (HttpClient client = client()) {
            page = client.send(https("/").build(), BodyHandlers.ofString());
            local = client.send(request("https://localhost:%d/".formatted(https)).build(), BodyHandlers.ofString());
            session = signIn(client);
        }
        String location = redirect.headers().firstValue("Location").orElse("none");
        String cookie = session.headers().firstValue("Set-Cookie").orElse("none").replaceFirst("=[^;]*", "=...");
        evidence.observed("%d to %s; /health %d; over HTTPS %s %d, %s; to localhost %s; cookie %s; a second certificate: exit code %d; %s"
                .formatted(
                        redirect.status(), location, health, page.version(), page.statusCode(), hsts(page), hsts(local), cookie, again
                                .exitCode(), status.lines().filter(line -> line.startsWith("HTTPS")).toList()));

        assertThat(redirect.status()).isEqualTo(308);
        assertThat(location).isEqualTo("https://127.0.0.1:%d/api/agents?page=2".formatted(https));
        assertThat(health).isEqualTo(200);
        assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(hsts(page)).isEqualTo("max-age=31536000");
        assertThat(hsts(local)).isEqualTo("none");
        assertThat(cookie).contains("Secure").contains("HttpOnly").contains("SameSite=Strict");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("--replace");
        assertThat(status).containsPattern("HTTPS: the certificate is good until 20\\d\\d-");
    }

    private HttpResponse<String> signIn(HttpClient client) throws IOException, InterruptedException {
        return client.send(https("/api/session").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"identifier\":\"%s\",\"password\":\"%s\"}".formatted(stack.env()
                        .get("APP_ADMIN_EMAIL")
                        .orElse("admin@example.com"), stack.env().require("APP_ADMIN_PASSWORD"))))
                .build(), BodyHandlers.ofString());
    }

    @Test
    @Promise(value = "SEC-3", part = "by MDN's Observatory")
    void whatMdnsObservatoryAsksForIsThere(Evidence evidence) throws Exception {
        evidence.expected(
                "each test of the HTTP Observatory is met as its rules give the most points for, but for the list of preloaded hosts: "
                        + "by pages, a script and an answer of the API");

        Map<String, HttpResponse<String>> secured = new LinkedHashMap<>();
        List<HttpResponse<String>> foreign = new ArrayList<>();
        HttpResponse<String> http;
        HttpResponse<String> session;
        try (HttpClient client = client()) {
            http = client.send(request(stack.frontDoor() + "/").build(), BodyHandlers.ofString());
            session = signIn(client);
            String cookie = session.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
            Matcher script = SCRIPT.matcher(client.send(https("/").build(), BodyHandlers.ofString()).body());
            assertThat(script.find()).as("the page has a script").isTrue();
            for (String path : List.of("/", "/docs.html", script.group(1), "/api/agents")) {
                secured.put(path, client.send(https(path).header("Cookie", cookie).build(), BodyHandlers.ofString()));
                foreign.add(client.send(https(path).header("Cookie", cookie).header("Origin", "https://evil.example").build(), BodyHandlers
                        .ofString()));
            }
        }
        List<Observatory.Verdict> verdicts = Observatory.judge(new Observatory.Answers(http, secured, foreign, session));
        evidence.table("The HTTP Observatory's tests, rules of 2026-08-20", List.of("test", "wanted", "points", "seen", "verdict"), verdicts
                .stream()
                .map(Observatory.Verdict::row)
                .toList())
                .figure("score by the HTTP Observatory's rules", Observatory.score(verdicts), "points")
                .observed("%d of %d met, over the answers %s".formatted(verdicts.stream()
                        .filter(Observatory.Verdict::met)
                        .count(), verdicts.size(), secured.keySet()));

        assertThat(secured.values()).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(verdicts).filteredOn(verdict -> !verdict.met()).isEmpty();
    }

    @Test
    @Promise(value = "TOP-6", part = "HTTP/2 carries streams")
    void aRunStreamsOverHttp2(Evidence evidence) throws Exception {
        evidence.expected(
                "a run's stream over HTTPS and HTTP/2, compression on for all else, is uncompressed and equals the replay asked of the service");

        String service = "http://127.0.0.1:" + stack.port("EXPRESS_PORT");
        HttpResponse<InputStream> stream;
        String streamed;
        String replay;
        try (Runner runner = Runner.at(stack, service, "{}"); HttpClient client = client()) {
            String run = runner.api().start(runner.agent(), runner.scripted(script -> script.text(200, Duration.ofMillis(5))));
            stream = client.send(https("/api/runs/" + run + "/events")
                    .header("Accept", "text/event-stream")
                    .header("Accept-Encoding", "gzip, br")
                    .header("Authorization", Keys.authorization(URI.create(service + "/api/runs")).orElseThrow())
                    .build(), BodyHandlers.ofInputStream());
            try (InputStream body = stream.body()) {
                streamed = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
            replay = Http.send(request(service + "/api/runs/" + run + "/events").header("Accept", "text/event-stream"))
                    .body();
        }
        long events = events(streamed).lines().filter(line -> line.startsWith("event:")).count();
        evidence.observed("%s, content encoding %s, %d events".formatted(stream.version(), stream.headers()
                .firstValue("Content-Encoding")
                .orElse("none"), events));

        assertThat(stream.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(stream.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(events).isGreaterThan(200);
        assertThat(events(streamed)).isEqualTo(events(replay));
    }

    /** Without heartbeats, which come as time goes by. */
    private static String events(String stream) {
        return stream.replaceAll("(?m)^:.*\\n\\n?", "");
    }

    @Test
    @Promise(value = "TOP-6", part = "TLS 1.2 and 1.3 alone")
    void onlyTlsThatIsSoundIsSpoken(Evidence evidence) {
        evidence.expected(
                "TLS 1.0 and 1.1, and ciphers without forward secrecy or authenticated encryption, are refused; TLS 1.2 and 1.3 are spoken");

        Map<String, String> agreed = new LinkedHashMap<>();
        OLD.forEach(version -> agreed.put(version, shake(version, "-cipher", "DEFAULT:@SECLEVEL=0")));
        NEW.forEach(version -> agreed.put(version, shake(version)));
        WEAK.forEach(cipher -> agreed.put(cipher, shake("-tls1_2", "-cipher", cipher + ":@SECLEVEL=0")));
        evidence.observed(agreed.toString());

        assertThat(agreed.get("-tls1_2")).startsWith("TLSv1.2");
        assertThat(agreed.get("-tls1_3")).startsWith("TLSv1.3");
        OLD.forEach(version -> assertThat(agreed.get(version)).isEqualTo("refused"));
        WEAK.forEach(cipher -> assertThat(agreed.get(cipher)).isEqualTo("refused"));
    }

    @Test
    @Promise(value = "TOP-6", part = "by testssl.sh")
    void testsslFindsNothingToMend(Stacks stacks, Evidence evidence) throws IOException {
        evidence.expected("testssl.sh, as a client that trusts the certificate, finds nothing of severity LOW or above but " + UNAVOIDABLE
                .keySet()
                + ", and says OK to " + SOUND + ", in a full run also to " + SOUND_IN_ALL);

        boolean all = Boolean.getBoolean("acceptance.full");
        List<TlsFinding> findings = stacks.tlsScanner()
                .scan("127.0.0.1:" + stack.port("FRONTEND_HTTPS_PORT"), Files.readString(certificate()), all ? List.of() : PLAIN_SCAN);
        List<TlsFinding> remarks = findings.stream().filter(finding -> finding.severity() == Severity.WARN || finding.isFault()).toList();
        evidence.table("What testssl.sh remarked", List.of("id", "severity", "finding", "why it stays"), remarks.stream()
                .map(finding -> List.of(finding.id(), finding.severity().name(), finding.finding(), finding.severity() == Severity.WARN
                        ? "it couldn't look"
                        : UNAVOIDABLE.getOrDefault(finding.id(), "it doesn't")))
                .toList())
                .observed("%s: %d findings, %s".formatted(all ? "everything" : String.join(" ", PLAIN_SCAN), findings.size(), findings
                        .stream()
                        .collect(groupingBy(TlsFinding::severity, TreeMap::new, counting()))));

        assertThat(findings).filteredOn(TlsFinding::isFault)
                .filteredOn(finding -> !UNAVOIDABLE.containsKey(finding.id()))
                .isEmpty();
        assertThat(findings).filteredOn(finding -> finding.severity() == Severity.OK)
                .extracting(TlsFinding::id)
                .containsAll(SOUND)
                .containsAll(all ? SOUND_IN_ALL : List.of());
    }

    private String shake(String... options) {
        List<String> command = new ArrayList<>(List.of("timeout", "10", "openssl", "s_client", "-connect", "127.0.0.1:443"));
        command.addAll(List.of(options));
        ExecResult result = stack.exec(Service.FRONTEND, command.toArray(String[]::new));
        var found = AGREED.matcher(result.out());
        return found.find() ? found.group(1) + " " + found.group(2) : "refused";
    }

    @Test
    @Promise(value = "OPS-5", part = "stale while erroring or updating")
    void whatIsPublicIsGivenWhileStrapiIsAway(Evidence evidence) throws Exception {
        evidence.expected(
                "an upload that was asked for before is given, and called STALE, while Strapi is stopped; one that was not gets 503: a program a problem, a person a page "
                        + "that says so and asks again, both with Retry-After");

        String url = StrapiAdmin.signIn(stack)
                .upload("stale.txt", "still here".getBytes(StandardCharsets.UTF_8))
                .orThrow()
                .json()
                .at("/0/url")
                .asText();
        String never = StrapiAdmin.signIn(stack)
                .upload("never.txt", "unseen".getBytes(StandardCharsets.UTF_8))
                .orThrow()
                .json()
                .at("/0/url")
                .asText();
        HttpResponse<String> stale;
        HttpResponse<String> unseen;
        HttpResponse<String> page;
        try (HttpClient client = client()) {
            client.send(upload(url), BodyHandlers.ofString());
            stack.compose("stop", Service.STRAPI).orThrow();
            try {
                stale = await().atMost(PATIENCE)
                        .until(() -> client.send(upload(url), BodyHandlers.ofString()), answer -> cacheStatus(answer)
                                .equals("STALE"));
                unseen = client.send(upload(never), BodyHandlers.ofString());
                page = client.send(HttpRequest.newBuilder(upload(never), (_, _) -> true).header("Accept", "text/html,*/*;q=0.8").build(),
                        BodyHandlers.ofString());
            } finally {
                stack.compose("start", Service.STRAPI).orThrow();
                await().atMost(PATIENCE).until(() -> stack.isHealthy(Service.STRAPI));
            }
        }
        evidence.observed("%d %s \"%s\"; the other %d".formatted(stale.statusCode(), cacheStatus(stale), stale.body(), unseen
                .statusCode()));

        assertThat(stale.statusCode()).isEqualTo(200);
        assertThat(stale.body()).isEqualTo("still here");
        assertThat(List.of(unseen, page)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("3");
        });
        assertThat(contentType(unseen)).startsWith("application/problem+json");
        assertThat(contentType(page)).startsWith("text/html");
        assertThat(page.body()).contains("http-equiv=\"refresh\"", "./stack status");
    }

    private HttpRequest upload(String url) {
        return https("/strapi" + url).build();
    }

    private static String contentType(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Type").orElse("none");
    }

    private static String cacheStatus(HttpResponse<?> answer) {
        return answer.headers().firstValue("X-Cache-Status").orElse("none");
    }

    private static String hsts(HttpResponse<?> answer) {
        return answer.headers().firstValue("Strict-Transport-Security").orElse("none");
    }

    private HttpRequest.Builder https(String path) {
        return request("https://127.0.0.1:%d%s".formatted(stack.port("FRONTEND_HTTPS_PORT"), path));
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER);
    }

    private HttpClient client() throws IOException, GeneralSecurityException {
        return Trusting.client(certificate(), ANSWER);
    }

    private Path certificate() {
        return Path.of(stack.env().require("DATA_ROOT")).resolve("ssl/fullchain.pem");
    }
}
