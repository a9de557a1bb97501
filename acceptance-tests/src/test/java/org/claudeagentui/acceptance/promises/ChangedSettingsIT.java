package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.claudeagentui.acceptance.standin.StandinClient;
import org.claudeagentui.acceptance.standin.TraceSpan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A stack on which whatever can be set is set to something else; each test looks for one setting's effect. */
@AcceptanceTestBeside
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangedSettingsIT {
    private static final int SMALL_FILE = 100_000;
    private static final Duration LONGEST_RUN = Duration.ofSeconds(10);
    private static final Duration COLLECTED = Duration.ofSeconds(15);
    private static final String PAGE = "https://pages.example";

    private final ComposeStack stack;

    ChangedSettingsIT(Stacks stacks) {
        stack = stacks.create()
                .with("LOG_LEVEL", "debug")
                .with("LOG_FORMAT", "text")
                .with("ADMIN_PATH", "/back/office")
                .with("MAX_FILE_SIZE", String.valueOf(SMALL_FILE))
                .with("STRAPI_CORS_ORIGIN", PAGE)
                .with("STRAPI_LOG_LEVEL", "http")
                .with("STRAPI_ADMIN_EMAIL", "owner@example.org")
                .with("POSTGRES_DB", "agents_elsewhere")
                .with("POSTGRES_USER", "owner")
                .with("NODE_ENV", "development")
                .with("OTEL_EXPORTER_OTLP_ENDPOINT", "http://standin:8080")
                .with("MAX_WORKERS", "1")
                .with("REQUEST_TIMEOUT", String.valueOf(LONGEST_RUN.toMillis()));
    }

    @BeforeAll
    void boot() {
        stack.start();
    }

    private String strapi() {
        return "http://127.0.0.1:" + stack.port("STRAPI_PORT");
    }

    @Test
    @Promise(value = "ENV-3", part = "ports")
    void portsAreThoseThatAreSet(Evidence evidence) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (String name : List.of("POSTGRES_PORT", "STRAPI_PORT", "EXPRESS_PORT", "FRONTEND_HTTP_PORT", "FRONTEND_HTTPS_PORT")) {
            ports.put(name, stack.port(name));
        }
        evidence.expected("the containers publish these ports and no other: " + ports);

        List<Integer> published = Service.ALL.stream()
                .flatMap(service -> stack.inspect(service).getNetworkSettings().getPorts().getBindings().values().stream())
                .filter(Objects::nonNull)
                .flatMap(Stream::of)
                .map(binding -> Integer.parseInt(Objects.requireNonNull(binding.getHostPortSpec())))
                .distinct()
                .toList();
        evidence.observed(published.toString());

        assertThat(published).containsExactlyInAnyOrderElementsOf(ports.values());
    }

    @Test
    @Promise(value = "ENV-3", part = "POSTGRES_DB")
    @Promise(value = "ENV-3", part = "POSTGRES_USER")
    void theDatabaseHasItsNameAndSuperuser(Evidence evidence) {
        evidence.expected("database agents_elsewhere with Strapi's and the service's tables, superuser owner, no database claude_agent_ui");

        List<String> databases = stack.query("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1");
        List<String> superusers = stack.query("SELECT rolname FROM pg_roles WHERE rolsuper ORDER BY 1");
        List<String> tables = stack.query(
                "SELECT schemaname || '.' || tablename FROM pg_tables WHERE tablename IN ('agents', 'run') ORDER BY 1");
        evidence.observed("databases %s, superusers %s, tables %s".formatted(databases, superusers, tables));

        assertThat(databases).contains("agents_elsewhere").doesNotContain("claude_agent_ui");
        assertThat(superusers).containsExactly("owner");
        assertThat(tables).containsExactly("public.agents", "runs.run");
    }

    @Test
    @Promise(value = "ENV-3", part = "NODE_ENV")
    void strapiRunsInTheModeThatIsSet(Evidence evidence) {
        evidence.expected("Strapi says that its environment is development; its administrator is owner@example.org");

        String mode = StrapiAdmin.signIn(stack).get("/admin/information").orThrow().json().at("/data/currentEnvironment").asText();
        evidence.observed("owner@example.org signed in; environment " + mode);

        assertThat(mode).isEqualTo("development");
    }

    @Test
    @Promise(value = "ENV-3", part = "ADMIN_PATH")
    void theAdminPageLiesWhereItIsSet(Evidence evidence) {
        evidence.expected("/back/office answers with the page, /admin with 404");

        Answer there = Http.get(strapi() + "/back/office/");
        Answer before = Http.get(strapi() + "/admin/");
        evidence.observed("/back/office %d %s, /admin %d".formatted(there.status(), there.headers().firstValue("content-type").orElse(""),
                before
                        .status()));

        assertThat(there.status()).isEqualTo(200);
        assertThat(there.body()).contains("<html");
        assertThat(before.status()).isEqualTo(404);
    }

    @Test
    @Promise(value = "ENV-3", part = "MAX_FILE_SIZE")
    void uploadsAreLimitedAsSet(Evidence evidence) {
        evidence.expected("%d bytes are taken, one more is refused with 413, directly and through nginx".formatted(SMALL_FILE));

        StrapiAdmin admin = StrapiAdmin.signIn(stack);
        int taken = admin.upload("small.txt", new byte[SMALL_FILE]).status();
        int refused = admin.upload("large.txt", new byte[SMALL_FILE + 1]).status();
        int throughNginx = StrapiAdmin.uploadByToken(stack, "large.txt", new byte[SMALL_FILE + 1]).status();
        evidence.observed("taken: %d, refused: %d, through nginx: %d".formatted(taken, refused, throughNginx));

        assertThat(taken).isEqualTo(201);
        assertThat(refused).isEqualTo(413);
        assertThat(throughNginx).isEqualTo(413);
    }

    @Test
    @Promise(value = "ENV-3", part = "STRAPI_CORS_ORIGIN")
    void strapiLetsInThePagesThatAreSet(Evidence evidence) {
        evidence.expected("Strapi allows " + PAGE + ", and no longer http://localhost:5173");

        String allowed = allowedOrigin(PAGE);
        String other = allowedOrigin("http://localhost:5173");
        evidence.observed("for %s: \"%s\"; for http://localhost:5173: \"%s\"".formatted(PAGE, allowed, other));

        assertThat(allowed).isEqualTo(PAGE);
        assertThat(other).isNotEqualTo("http://localhost:5173").isNotEqualTo("*");
    }

    private String allowedOrigin(String origin) {
        return Http.send(HttpRequest.newBuilder(URI.create(strapi() + "/_health")).header("Origin", origin).GET())
                .headers()
                .firstValue("access-control-allow-origin")
                .orElse("");
    }

    @Test
    @Promise(value = "ENV-3", part = "LOG_LEVEL")
    @Promise(value = "ENV-3", part = "LOG_FORMAT")
    @Promise(value = "LOG-2", part = "LOG_LEVEL")
    @Promise(value = "LOG-2", part = "LOG_FORMAT")
    void theServiceLogsAsSet(Evidence evidence) {
        evidence.expected("lines of text, not JSON, in the service's and Strapi's log, and DEBUG lines among the service's");

        Http.get("http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/health/live").orThrow();
        List<String> service = stack.engine().logs(stack.containerName(Service.EXPRESS), 400).lines().toList();
        List<String> strapi = stack.engine().logs(stack.containerName(Service.STRAPI), 400).lines().toList();
        long debug = service.stream().filter(line -> line.contains(" DEBUG ")).count();
        evidence.observed("%d of %d lines are DEBUG; the service's last: %s; Strapi's last: %s".formatted(debug, service.size(), service
                .getLast(),
                strapi.getLast()));

        assertThat(debug).isPositive();
        assertThat(service).noneMatch(line -> line.startsWith("{"));
        assertThat(strapi).isNotEmpty().noneMatch(line -> line.startsWith("{"));
    }

    @Test
    @Promise(value = "ENV-3", part = "STRAPI_LOG_LEVEL")
    void strapiLogsAsMuchAsSet(Evidence evidence) {
        evidence.expected("each request to Strapi stands in its log");

        Http.get(strapi() + "/api/seen-in-the-log");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> stack.engine().logs(stack.containerName(Service.STRAPI), 400).contains("/api/seen-in-the-log"));
        String line = stack.engine()
                .logs(stack.containerName(Service.STRAPI), 400)
                .lines()
                .filter(each -> each.contains("/api/seen-in-the-log"))
                .findFirst()
                .orElse("none");
        evidence.observed(line);

        assertThat(line).contains("GET");
    }

    @Test
    @Promise(value = "ENV-3", part = "MAX_WORKERS")
    @Promise(value = "ENV-3", part = "REQUEST_TIMEOUT")
    void oneRunIsAtWorkAtATimeAndNoneTakesTooLong(Evidence evidence) {
        evidence.expected(
                "of two runs the second waits in place 1, and starts once the first has ended; the first, whose model goes on and on, fails with"
                        + " model-timed-out %d ms after its start, the second completes".formatted(LONGEST_RUN.toMillis()));

        try (Runner runner = Runner.of(stack, "{}")) {
            RunApi api = runner.api();
            String endless = api.start(runner.agent(), runner.scripted(script -> script.text(1000, Duration.ofMillis(20))));
            String next = api.start(runner.agent(), runner.scripted(script -> script.text("All well.")));
            List<RunEvent> first = api.persistently(endless);
            List<RunEvent> second = api.persistently(next);
            Duration took = Duration.between(event(first, "run.started").at(), first.getLast().at());
            evidence.observed("the first: %s, %s; the second in place %d, started after the first's end: %s, %s".formatted(first.getLast()
                    .type(), first.getLast().json().at("/error/type").asText(), second.getFirst().json().path("position").asInt(), !event(
                            second, "run.started").at().isBefore(first.getLast().at()), second.getLast().type()))
                    .figure("the first run took", took.toMillis() / 1000.0, "s");

            assertThat(first.getLast().json().at("/error/type").asText()).endsWith(":model-timed-out");
            assertThat(took).isBetween(LONGEST_RUN, LONGEST_RUN.plusSeconds(1));
            assertThat(second.getFirst().json().path("position").asInt()).isEqualTo(1);
            assertThat(event(second, "run.started").at()).isAfterOrEqualTo(first.getLast().at());
            assertThat(second.getLast().type()).isEqualTo("run.completed");
        }
    }

    @Test
    @Promise(value = "LOG-2", part = "a trace at a collector")
    void aRunsTraceIsAtTheCollector(Evidence evidence) {
        evidence.expected(
                "a run with a tool, asked for through nginx with a traceparent: the collector has the request, a part of the caller's step;"
                        + " the run, a part of the request; two requests to the model, a tool's call and questions to Strapi below; nothing that was said");

        String trace = UUID.randomUUID().toString().replace("-", "");
        String caller = trace.substring(16);
        try (Runner runner = Runner.withTools(stack, "{}");
                StandinClient collector = new StandinClient(URI.create("http://127.0.0.1:" + stack.port("STANDIN_TEST_PORT")))) {
            String input = runner.scripted(script -> script.echoingTool(Runner.TOOLS, " echoed words"), script -> script.text(
                    "Traced words."));
            String run = Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/api/runs"))
                    .header("Content-Type", "application/json")
                    .header("traceparent", "00-" + trace + "-" + caller + "-01")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"agentId\":\"%s\",\"input\":\"%s\"}".formatted(runner.agent(), input))))
                    .orThrow()
                    .json()
                    .path("id")
                    .asText();
            runner.api().persistently(run);
            List<TraceSpan> spans = collector.awaitTrace(trace, found -> found.stream().anyMatch(span -> span.name().equals("invoke_agent"))
                    && found
                            .stream()
                            .anyMatch(span -> span.name().equals("POST /api/runs")), COLLECTED);
            evidence.observed(spans.stream().map(span -> span.name() + " " + span.attributes()).collect(Collectors.joining("; ")))
                    .figure("spans", spans.size(), "");

            TraceSpan request = named(spans, "POST /api/runs").getFirst();
            TraceSpan agent = named(spans, "invoke_agent").getFirst();
            assertThat(request.parent()).isEqualTo(caller);
            assertThat(request.attributes()).containsEntry("http.response.status_code", "201");
            assertThat(agent.parent()).isEqualTo(request.id());
            assertThat(agent.attributes()).containsEntry("claude_agent_ui.run.id", run)
                    .containsEntry("claude_agent_ui.run.state", "completed");
            assertThat(spans).filteredOn(span -> span.name().startsWith("chat "))
                    .hasSize(2)
                    .allSatisfy(chat -> assertThat(chat.parent()).isEqualTo(agent.id()))
                    .allSatisfy(chat -> assertThat(Integer.parseInt(chat.attributes().get("gen_ai.usage.input_tokens"))).isPositive());
            assertThat(named(spans, "tools/call echo")).singleElement().satisfies(call -> assertThat(call.parent()).isEqualTo(agent.id()));
            assertThat(spans).filteredOn(span -> "strapi".equals(span.attributes().get("server.address"))).isNotEmpty();
            assertThat(spans).filteredOn(span -> !span.equals(request))
                    .allSatisfy(span -> assertThat(spans).extracting(TraceSpan::id).contains(span.parent()));
            assertThat(spans.toString()).doesNotContain(input, "words", stack.env().require("ANTHROPIC_API_KEY"));
        }
    }

    private static List<TraceSpan> named(List<TraceSpan> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    private static RunEvent event(List<RunEvent> events, String type) {
        return events.stream().filter(event -> event.type().equals(type)).findFirst().orElseThrow();
    }

    @Test
    @Promise(value = "LOG-3", part = "postgres within 3 x 10 MB")
    @Promise(value = "LOG-3", part = "frontend within 3 x 10 MB")
    void aFloodStaysWithinThreeFiles(Evidence evidence) {
        evidence.expected(
                "after some 40 MB of lines each, logs/postgres and logs/nginx hold at most 30 MB, in at most three files of a name, the last line among"
                        + " them");

        stack.exec(Service.POSTGRES, "psql", "-XAtqU", "owner", "-d", "agents_elsewhere", "-c",
                "DO $$ BEGIN FOR i IN 1..5000 LOOP RAISE LOG '%', repeat('x', 8000); END LOOP; RAISE LOG 'the flood is over'; END $$")
                .orThrow();
        String longHeader = "x".repeat(14_000);
        for (int i = 0; i < 900; i++) {
            Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/assets/none?" + i))
                    .header("User-Agent", longHeader)
                    .header("Referer", longHeader + longHeader.substring(0, 1000))
                    .GET());
        }
        LogFolder postgres = logs("postgres");
        LogFolder nginx = logs("nginx");
        await().atMost(Duration.ofSeconds(15)).until(() -> postgres.text("postgresql.log").contains("the flood is over"));
        await().atMost(Duration.ofSeconds(15)).until(() -> nginx.bytes() <= LogFolder.MOST && nginx.sizes().containsKey("access.log.1"));
        evidence.observed("postgres %s; nginx %s".formatted(postgres.sizes(), nginx.sizes()));
        evidence.figure("logs/postgres", postgres.bytes() / 1e6, "MB").figure("logs/nginx", nginx.bytes() / 1e6, "MB");

        assertThat(postgres.bytes()).isLessThanOrEqualTo(LogFolder.MOST).isGreaterThan(LogFolder.MOST / 2);
        assertThat(postgres.sizes()).hasSize(3);
        assertThat(nginx.bytes()).isLessThanOrEqualTo(LogFolder.MOST).isGreaterThan(LogFolder.MOST / 5);
    }

    @Test
    @Promise(value = "LOG-3", part = "strapi within 3 x 10 MB")
    @Promise(value = "LOG-3", part = "express within 3 x 10 MB")
    void aFloodOfRequestsStaysWithinThreeFiles(Evidence evidence) {
        evidence.expected(
                "after some 33 MB of lines each, one a request, logs/strapi and logs/express hold three files of at most 30 MB, the last request among"
                        + " their lines");

        Flood.of(strapi() + "/api/none?" + "x".repeat(14_000) + "-", 2400);
        Flood.of("http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/none/" + "x".repeat(3_500) + "-", 9500);
        Http.get(strapi() + "/api/the-flood-is-over");
        Http.get("http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/the-flood-is-over");
        LogFolder strapi = logs("strapi");
        LogFolder express = logs("express");
        await().atMost(Duration.ofSeconds(15)).until(() -> strapi.text("strapi.log").contains("/api/the-flood-is-over"));
        await().atMost(Duration.ofSeconds(15)).until(() -> express.text("express.log").contains("/the-flood-is-over"));
        evidence.observed("strapi %s; express %s".formatted(strapi.sizes(), express.sizes()));
        evidence.figure("logs/strapi", strapi.bytes() / 1e6, "MB").figure("logs/express", express.bytes() / 1e6, "MB");

        for (LogFolder folder : List.of(strapi, express)) {
            assertThat(folder.sizes()).hasSize(3);
            assertThat(folder.bytes()).isBetween(LogFolder.MOST / 2, LogFolder.MOST);
        }
    }

    private LogFolder logs(String folder) {
        return new LogFolder(Path.of(stack.env().require("DATA_ROOT")).resolve("logs").resolve(folder));
    }

    @Test
    @Breaks
    @Promise(value = "ENV-3", part = "POSTGRES_DB and POSTGRES_USER on an existing volume")
    void thePlainServerRefusesAnotherNameToo(Evidence evidence) {
        evidence.expected(
                "docker compose up with another POSTGRES_DB: the container ends with 78 and says the way over; with the old name the data is there");

        int agents = Http.get(stack.frontDoor() + "/api/agents").json().at("/meta/total").asInt();
        stack.down();
        stack.set("POSTGRES_DB", "renamed");
        boolean started = stack.tryUp(Service.POSTGRES).succeeded();
        String log = stack.engine().logs(stack.containerName(Service.POSTGRES), 10);
        stack.down();
        stack.set("POSTGRES_DB", "agents_elsewhere");
        stack.up(Service.POSTGRES);
        String rows = stack.query("SELECT count(DISTINCT document_id) FROM agents").getFirst();
        evidence.observed("started: %s; its log: %s; agents before %d, after %s".formatted(started, log, agents, rows));

        assertThat(started).isFalse();
        assertThat(log).contains("database-guard: refused", "POSTGRES_DB=renamed", "The way over")
                .doesNotContain("ready to accept connections");
        assertThat(rows).isEqualTo(String.valueOf(agents));
    }
}
