package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What nginx keeps, and what it never does. */
@AcceptanceTest
class PublicCacheIT {
    private static final String STATUS = "X-Cache-Status";
    private static final List<String> SEEDS_ZONE = List.of("keys_zone=public:10m", "max_size=1g", "inactive=60m",
            "proxy_cache_valid 200 5m",
            "proxy_cache_use_stale error timeout updating");

    @Test
    @Promise(value = "OPS-5", part = "the seed's zone and times")
    void theZoneIsTheSeeds(ComposeStack stack, Evidence evidence) {
        evidence.expected("the configuration that nginx runs with says " + SEEDS_ZONE);

        String configuration = stack.exec(Service.FRONTEND, "nginx", "-e", "stderr", "-T").out().replaceAll("\\s+", " ");
        List<String> missing = SEEDS_ZONE.stream().filter(setting -> !configuration.contains(setting)).toList();
        evidence.observed("missing: " + missing);

        assertThat(missing).isEmpty();
    }

    @Test
    @Promise(value = "OPS-5", part = "what is public is kept, and says so")
    void whatIsPublicIsKept(ComposeStack stack, Evidence evidence) {
        evidence.expected("an upload and each format of the API's description: MISS, then HIT, the same bytes; asked with a token: BYPASS");

        String upload = "/strapi" + StrapiAdmin.signIn(stack)
                .upload("kept.txt", UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8))
                .orThrow()
                .json()
                .at("/0/url")
                .asText();
        Answer first = ask(stack, upload, Map.of());
        Answer second = ask(stack, upload, Map.of());
        Answer withToken = ask(stack, upload, Map.of("Authorization", "Bearer some"));
        ask(stack, "/openapi", Map.of("Accept", "application/json"));
        Answer json = ask(stack, "/openapi", Map.of("Accept", "application/json"));
        ask(stack, "/openapi", Map.of("Accept", "application/yaml"));
        Answer yaml = ask(stack, "/openapi", Map.of("Accept", "application/yaml"));
        Answer otherwise = ask(stack, "/openapi", Map.of("Accept", "application/json;q=0.9"));
        evidence.observed("upload %s, %s, with a token %s; description as JSON %s, as YAML %s, asked in another way %s".formatted(status(
                first), status(second), status(withToken), status(json), status(yaml), status(otherwise)));

        assertThat(status(first)).isEqualTo("MISS");
        assertThat(status(second)).isEqualTo("HIT");
        assertThat(second.body()).isEqualTo(first.orThrow().body());
        assertThat(status(withToken)).isEqualTo("BYPASS");
        assertThat(status(json)).isEqualTo("HIT");
        assertThat(json.body()).startsWith("{");
        assertThat(status(yaml)).isEqualTo("HIT");
        assertThat(yaml.body()).startsWith("openapi:");
        assertThat(status(otherwise)).isEqualTo("BYPASS");
    }

    @Test
    @Promise(value = "OPS-5", part = "never what belongs to a user")
    void whatBelongsToAUserIsNeverKept(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "each kind of answer of the API says BYPASS, twice; one caller's list is not another's; nothing of it is in the cache's files");

        Member ada = Member.join(stack, "Ada");
        String word = "Kept-" + UUID.randomUUID();
        ada.post("/api/tasks", "{\"name\":\"%s\",\"prompt\":\"x\",\"agent\":\"%s\"}".formatted(word, Http.postJson(stack.frontDoor()
                + "/api/agents", "{\"name\":\"%s\",\"systemPrompt\":\"Answer what you are asked.\"}".formatted(word))
                .orThrow()
                .json()
                .path("id")
                .asText()))
                .orThrow();
        Map<String, String> seen = new LinkedHashMap<>();
        for (String path : List.of("/api/tasks?search=" + word, "/api/agents?search=" + word, "/api/session", "/api/runs", "/api/usage",
                "/api/about")) {
            seen.put(path, status(ada.get(path)) + " " + status(ada.get(path)));
        }
        Member eve = Member.join(stack, "Eve");
        int others = eve.get("/api/tasks?search=" + word).orThrow().json().at("/meta/total").asInt();
        int files = stack.exec(Service.FRONTEND, "grep", "-rlF", word, "/var/cache/nginx").out().lines().toList().size();
        evidence.observed("%s; another user sees %d; files with it: %d".formatted(seen, others, files));

        assertThat(seen.values()).containsOnly("BYPASS BYPASS");
        assertThat(others).isZero();
        assertThat(files).isZero();
    }

    private static Answer ask(ComposeStack stack, String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stack.frontDoor() + path)).GET();
        headers.forEach(request::header);
        return Http.send(request);
    }

    private static String status(Answer answer) {
        return answer.headers().firstValue(STATUS).orElse("none");
    }
}
