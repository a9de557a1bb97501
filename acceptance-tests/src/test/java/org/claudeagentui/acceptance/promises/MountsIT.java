package org.claudeagentui.acceptance.promises;

import org.awaitility.core.ConditionTimeoutException;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the host gives is what runs: each source is edited in a copy of the checkout, and its effect looked for. */
@AcceptanceTestBeside
class MountsIT {
    private static final Duration RESTARTED = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String LONG_HEADER = "x".repeat(6000);
    private static final String INIT = "database/init";
    private static final String CONFIG = "docker/strapi/config";
    private static final String NGINX = "nginx/nginx.conf";
    private static final String SERVERS = "nginx/conf.d";
    private static final String CERTIFICATES = "ssl";

    @Test
    @Promise(value = "VOL-4", part = "in use: a change shows after a restart")
    @Promise(value = "TOP-6", part = "HTTPS where a certificate lies in ./ssl")
    void anEditedSourceShowsAfterARestart(Stacks stacks, Evidence evidence) throws IOException, GeneralSecurityException {
        Map<String, String> expected = new TreeMap<>(Map.of(INIT, "1 edited table", CONFIG, "edited", NGINX, "400", SERVERS,
                "edited", CERTIFICATES, "204"));
        evidence.expected("an init script added before the first start has run; Strapi's configuration, nginx.conf, conf.d and certificates"
                + " that are edited or added show after a restart, and not before: " + expected);

        ComposeStack stack = stacks.create().onACopy();
        Files.writeString(stack.root().resolve(INIT).resolve("20-edited.sql"), "CREATE TABLE edited_by_a_test (id int);\n");
        stack.start();
        SelfSigned certificate = SelfSigned.make(stack.directory());
        Map<String, String> before = observe(stack, certificate);
        edit(stack.root().resolve(CONFIG).resolve("middlewares.js"), "  'strapi::logger',\n",
                "  'strapi::logger',\n  { name: 'strapi::poweredBy', config: { poweredBy: 'edited' } },\n");
        edit(stack.root().resolve(NGINX), "large_client_header_buffers 4 16k;", "large_client_header_buffers 2 2k;");
        edit(stack.root().resolve(SERVERS).resolve("frontend.conf"), "return 200 \"ok\\n\";", "return 200 \"edited\\n\";");
        certificate.writeTo(Path.of(stack.env().require("DATA_ROOT")).resolve(CERTIFICATES));
        stack.compose("restart", Service.STRAPI, Service.FRONTEND).orThrow();
        Map<String, String> after = observeUntil(stack, certificate, expected);
        evidence.observed("before the edits " + before + ", after the restart " + after);

        assertThat(before).containsEntry(INIT, "1 edited table")
                .containsEntry(CONFIG, "none")
                .containsEntry(NGINX, "200")
                .containsEntry(SERVERS, "ok");
        assertThat(before.get(CERTIFICATES)).startsWith("no answer");
        assertThat(after).isEqualTo(expected);
    }

    private static Map<String, String> observeUntil(ComposeStack stack, SelfSigned certificate, Map<String, String> expected) {
        AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());
        try {
            await().atMost(RESTARTED).pollInterval(Duration.ofMillis(500)).ignoreExceptions().until(() -> {
                seen.set(observe(stack, certificate));
                return seen.get().equals(expected);
            });
        } catch (ConditionTimeoutException e) {
            return seen.get();
        }
        return seen.get();
    }

    private static Map<String, String> observe(ComposeStack stack, SelfSigned certificate) throws GeneralSecurityException {
        Map<String, String> seen = new TreeMap<>();
        seen.put(INIT, stack.query("SELECT count(*) FROM pg_tables WHERE tablename = 'edited_by_a_test'").getFirst() + " edited table");
        seen.put(CONFIG, Http.get("http://127.0.0.1:" + stack.port("STRAPI_PORT") + "/api/agents")
                .headers()
                .firstValue("X-Powered-By")
                .filter(by -> !by.startsWith("Strapi"))
                .orElse("none"));
        Answer longHeader = Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/health"))
                .header("X-Long", LONG_HEADER)
                .GET());
        seen.put(NGINX, String.valueOf(longHeader.status()));
        seen.put(SERVERS, Http.get(stack.frontDoor() + "/health").body().strip());
        seen.put(CERTIFICATES, overHttps(stack, certificate));
        return seen;
    }

    private static String overHttps(ComposeStack stack, SelfSigned certificate) throws GeneralSecurityException {
        URI uri = URI.create("https://127.0.0.1:%d/strapi/_health".formatted(stack.port("FRONTEND_HTTPS_PORT")));
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(certificate.trust())
                .connectTimeout(ANSWER)
                .build()) {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(uri).timeout(ANSWER).build(), HttpResponse.BodyHandlers
                    .ofString());
            return String.valueOf(answer.statusCode());
        } catch (IOException e) {
            return "no answer: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking " + uri, e);
        }
    }

    private static void edit(Path file, String text, String replacement) throws IOException {
        String content = Files.readString(file);
        assertThat(content).as(file.toString()).containsOnlyOnce(text);
        Files.writeString(file, content.replace(text, replacement));
    }
}
