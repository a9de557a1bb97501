package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Boot;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.claudeagentui.acceptance.stack.WebSocketMessages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A stack with the development overlay, on a copy of the checkout, because these tests edit sources. */
@AcceptanceTestBeside
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DevelopmentIT {
    private static final List<String> EDITED = List.of(Service.STRAPI, Service.EXPRESS, Service.FRONTEND);
    private static final Map<Integer, String> DEBUG_PORTS = Map.of(9229, "STRAPI_DEBUG_PORT", 9230, "EXPRESS_DEBUG_PORT", 5173,
            "FRONTEND_DEV_PORT", 24678, "FRONTEND_HMR_PORT");
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(60);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final String MAIN_CLASS = "org.claudeagentui.service.Main";
    private static final String ABOUT = "service/src/main/java/org/claudeagentui/service/web/AboutResource.java";
    private static final String CONTROLLER = "docker/strapi/src/api/agent/controllers/agent.js";
    private static final String PAGE = "src/pages/agents/AgentsPage.tsx";
    private static final int LOG_LINES = 400;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Optional<ComposeStack> booted = Optional.empty();
    private Optional<Boot> boot = Optional.empty();

    @BeforeAll
    void boot(Stacks stacks) {
        ComposeStack stack = stacks.create().onACopy().prepare("--dev");
        boot = Optional.of(stack.up());
        booted = Optional.of(stack);
    }

    private ComposeStack stack() {
        return booted.orElseThrow();
    }

    @Test
    @Promise(value = "TOP-7", part = "development targets")
    void eachEditedServiceRunsItsDevelopmentTarget(Evidence evidence) {
        evidence.expected(
                "strapi, express and frontend run <prefix><service>-dev with the labels of a build, under the usual names, as a user who isn't root, on a"
                        + " read-only root; strapi and express log at debug level");

        Map<String, String> seen = new LinkedHashMap<>();
        for (String service : EDITED) {
            InspectContainerResponse container = stack().inspect(service);
            Map<String, String> labels = Objects.requireNonNull(container.getConfig().getLabels());
            seen.put(service, "%s, user %s, read-only %s, created %s, revision %s".formatted(container.getConfig().getImage(), stack().exec(
                    service, "id", "-u").orThrow(),
                    container.getHostConfig().getReadonlyRootfs(), labels.get("org.opencontainers.image.created"), labels.get(
                            "org.opencontainers.image.revision")));
        }
        String strapiLog = stack().engine().logs(stack().containerName(Service.STRAPI), LOG_LINES);
        String serviceLog = stack().engine().logs(stack().containerName(Service.EXPRESS), LOG_LINES);
        boolean strapiDebugs = strapiLog.contains("\"level\":\"debug\"");
        boolean serviceDebugs = serviceLog.contains("\"level\":\"DEBUG\"");
        evidence.observed(seen + "; debug lines: strapi " + strapiDebugs + ", express " + serviceDebugs);
        evidence.figure("start, on empty volumes", boot.orElseThrow().healthyAfter().toMillis() / 1000.0, "s");

        assertThat(seen).allSatisfy((service, facts) -> assertThat(facts).contains(service + "-dev:")
                .doesNotContain("user 0,")
                .contains("read-only true")
                .containsPattern("created 2\\d{3}-\\d\\d-\\d\\dT|created 1970-01-01T")
                .doesNotContain("null"));
        assertThat(strapiDebugs).isTrue();
        assertThat(serviceDebugs).isTrue();
    }

    @Test
    @Promise(value = "DEV-1", part = "strapi")
    void anEditOfStrapiShows(Evidence evidence) throws IOException {
        evidence.expected("a header that an edited controller sets is in Strapi's answers, by the same container of the same image");

        Map<String, String> before = containers();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stack().port("STRAPI_PORT") + "/api/agents"))
                .header("Authorization", "Bearer " + stack().env().require("STRAPI_API_TOKEN"));
        boolean there = edited(request);
        Instant editedAt = edit(CONTROLLER, "createCoreController('api::agent.agent')",
                "createCoreController('api::agent.agent', () => ({ find(ctx) { ctx.set('X-Edited', 'yes'); return super.find(ctx); } }))");
        Duration seen = awaitSeen("the edited controller", editedAt, () -> edited(request));
        observe(evidence, "before the edit: " + there, seen, before);

        assertThat(there).isFalse();
        assertThat(containers()).isEqualTo(before);
    }

    private static boolean edited(HttpRequest.Builder request) {
        return tryAgain(() -> Http.send(request.copy()).headers().firstValue("X-Edited").isPresent());
    }

    @Test
    @Promise(value = "DEV-1", part = "service")
    void anEditOfTheServiceShowsAndABrokenOneChangesNothing(Evidence evidence) throws IOException {
        evidence.expected(
                "after an edit that doesn't compile the service goes on as it was, and the log says so; after one that does, its new answer comes through"
                        + " Vite's proxy, by the same container of the same image");

        Map<String, String> before = containers();
        String about = stack().frontDoor() + "/api/about";
        String version = Http.get(about).orThrow().json().at("/version").asText();
        String original = Files.readString(stack().root().resolve(ABOUT));
        Files.writeString(stack().root().resolve(ABOUT), original.replace("orElse(\"development\")", "orElse(development)"));
        await().atMost(SEEN_WITHIN)
                .until(() -> stack().engine()
                        .logs(stack().containerName(Service.EXPRESS), LOG_LINES)
                        .contains(
                                "don't compile"));
        String unbroken = Http.get(about).orThrow().json().at("/version").asText();
        Files.writeString(stack().root().resolve(ABOUT), original);
        Instant editedAt = edit(ABOUT, "orElse(\"development\")", "orElse(\"edited\")");
        Duration seen = awaitSeen("the edited resource", editedAt, () -> tryAgain(() -> Http.get(about).body().contains("\"edited\"")));
        observe(evidence, "version before %s, beside the broken source %s".formatted(version, unbroken), seen, before);

        assertThat(version).isEqualTo("development");
        assertThat(unbroken).isEqualTo("development");
        assertThat(containers()).isEqualTo(before);
    }

    @Test
    @Promise(value = "DEV-1", part = "web UI")
    @Promise(value = "DEV-2", part = "24678 HMR")
    void anEditOfThePageIsPushedAndShows(Evidence evidence) throws IOException {
        evidence.expected(
                "on port 24678 the page's WebSocket is told of an edited module, and Vite serves its new text, by the same container of the same image");

        Map<String, String> before = containers();
        String module = vite() + "/" + PAGE;
        String original = Http.get(module).orThrow().body();
        String connected;
        String update;
        Duration seen;
        try (WebSocketMessages socket = WebSocketMessages.connect("ws://127.0.0.1:" + stack().port("FRONTEND_HMR_PORT") + "/?token="
                + token(),
                "vite-hmr")) {
            connected = socket.await("Vite's greeting", message -> true, ANSWER_WITHIN);
            Instant editedAt = edit("docker/frontend/" + PAGE, "No agents yet", "No agents, edited");
            update = socket.await("the update of " + PAGE, message -> message.contains(PAGE), SEEN_WITHIN);
            seen = awaitSeen("the edited module", editedAt, () -> Http.get(module).body().contains("No agents, edited"));
        }
        observe(evidence, "greeted with %s, told %.160s".formatted(connected, update), seen, before);

        assertThat(original).contains("No agents yet");
        assertThat(json(connected).at("/type").asText()).isEqualTo("connected");
        assertThat(json(update).at("/type").asText()).isEqualTo("update");
        assertThat(json(update).at("/updates/0/path").asText()).isEqualTo("/" + PAGE);
        assertThat(containers()).isEqualTo(before);
    }

    @Test
    @Promise(value = "DEV-2", part = "9229 Node inspector")
    void nodesInspectorAnswers(Evidence evidence) {
        evidence.expected("a debugger attaches to the process that runs Strapi, and evaluates an expression in it");

        String targets = "http://127.0.0.1:" + stack().port("STRAPI_DEBUG_PORT") + "/json/list";
        await().atMost(SEEN_WITHIN).until(() -> tryAgain(() -> Http.get(targets).succeeded()));
        String address = Http.get(targets).orThrow().json().at("/0/webSocketDebuggerUrl").asText();
        String answer;
        try (WebSocketMessages inspector = WebSocketMessages.connect(address)) {
            inspector.send("{\"id\":1,\"method\":\"Runtime.evaluate\",\"params\":{\"expression\":"
                    + "\"process.version + ' ' + typeof strapi + ' ' + strapi.config.environment\"}}");
            answer = inspector.await("the value", message -> message.startsWith("{\"id\":1,"), ANSWER_WITHIN);
        }
        evidence.observed(targets + " names " + address.replaceFirst("[0-9a-f-]{36}", "…") + "; evaluated: " + answer);

        assertThat(json(answer).at("/result/result/value").asText()).matches("v20\\..* object development");
    }

    @Test
    @Promise(value = "DEV-2", part = "9230 JDWP")
    void aJavaDebuggerAttaches(Evidence evidence) throws IOException, IllegalConnectorArgumentsException {
        evidence.expected("a Java debugger attaches to the service's virtual machine and finds " + MAIN_CLASS + " loaded in it");

        JavaDebugger.Sight sight = JavaDebugger.attach("127.0.0.1", stack().port("EXPRESS_DEBUG_PORT"), List.of(MAIN_CLASS,
                "no.such.Class"));
        evidence.observed(sight.toString());

        assertThat(sight.version()).startsWith("25");
        assertThat(sight.classes()).containsExactly(MAIN_CLASS);
    }

    @Test
    @Promise(value = "DEV-2", part = "5173 Vite")
    void viteServesThePageAndIsWhatTheHealthCheckAsks(Evidence evidence) {
        evidence.expected(
                "5173 answers with the page and with Vite's client, the health check asks Vite for it, and /api/ and /strapi/ lead where they should");

        Answer page = Http.get(vite() + "/");
        Answer client = Http.get(vite() + "/@vite/client");
        int agents = Http.get(vite() + "/api/agents").status();
        int strapi = Http.get(vite() + "/strapi/_health").status();
        String check = String.join(" ", Objects.requireNonNull(Objects.requireNonNull(stack().inspect(Service.FRONTEND)
                .getConfig()
                .getHealthcheck()).getTest()));
        evidence.observed("/ %d, refers to Vite's client: %s; /@vite/client %d; /api/agents %d; /strapi/_health %d; health check: %s"
                .formatted(page.status(), page.body().contains("/@vite/client"), client.status(), agents, strapi, check));

        assertThat(page.body()).contains("/@vite/client").contains("/src/main.tsx");
        assertThat(client.body()).contains("vite-hmr");
        assertThat(check).contains(":5173/@vite/client");
        assertThat(agents).isEqualTo(200);
        assertThat(strapi).isEqualTo(204);
    }

    @Test
    @Promise(value = "DEV-2", part = "loopback only")
    void debugPortsAreOnLoopbackAlone(Evidence evidence) throws IOException {
        evidence.expected("each of the four ports takes connections on 127.0.0.1, and at no other address of this host");

        List<String> others = HostPorts.otherAddresses();
        Map<String, String> seen = new TreeMap<>();
        DEBUG_PORTS.forEach((inside, variable) -> {
            int port = stack().port(variable);
            seen.put(variable, "loopback %s, elsewhere %s".formatted(HostPorts.accepts("127.0.0.1", port), others.stream()
                    .filter(address -> HostPorts.accepts(address, port))
                    .toList()));
        });
        evidence.observed(seen + "; other addresses: " + others);

        assertThat(others).isNotEmpty();
        assertThat(seen.values()).containsOnly("loopback true, elsewhere []");
    }

    private String vite() {
        return "http://127.0.0.1:" + stack().port("FRONTEND_DEV_PORT");
    }

    // A page of Vite's carries it, so that no other site's page can listen in.
    private String token() {
        return Http.get(vite() + "/@vite/client").orThrow().body().replaceFirst("(?s).*wsToken = \"([^\"]+)\".*", "$1");
    }

    private Map<String, String> containers() {
        Map<String, String> containers = new TreeMap<>();
        for (String service : EDITED) {
            InspectContainerResponse container = stack().inspect(service);
            containers.put(service, container.getId() + " of " + container.getImageId() + ", started " + container.getState()
                    .getStartedAt());
        }
        return containers;
    }

    private Instant edit(String file, String from, String to) throws IOException {
        Path path = stack().root().resolve(file);
        String text = Files.readString(path);
        assertThat(text).as(file).contains(from);
        Files.writeString(path, text.replace(from, to));
        return Instant.now();
    }

    private static Duration awaitSeen(String what, Instant editedAt, BooleanSupplier seen) {
        await(what).atMost(SEEN_WITHIN).pollInterval(Duration.ofMillis(100)).until(seen::getAsBoolean);
        return Duration.between(editedAt, Instant.now());
    }

    private void observe(Evidence evidence, String what, Duration seen, Map<String, String> before) {
        evidence.observed("%s; seen after %d ms; containers and images unchanged: %s".formatted(what, seen.toMillis(), containers().equals(
                before)));
        evidence.figure("from the edit until it is seen", seen.toMillis() / 1000.0, "s");
    }

    // While a service starts anew nobody answers, or half an answer comes.
    private static boolean tryAgain(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }
}
