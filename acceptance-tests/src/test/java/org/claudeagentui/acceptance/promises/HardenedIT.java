package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.InboundWatch;
import org.claudeagentui.acceptance.stack.OutboundWatch;
import org.claudeagentui.acceptance.stack.OutboundWatch.Count;
import org.claudeagentui.acceptance.stack.Outside;
import org.claudeagentui.acceptance.stack.Probe;
import org.claudeagentui.acceptance.stack.Probing;
import org.claudeagentui.acceptance.stack.Probing.Outcome;
import org.claudeagentui.acceptance.stack.Probing.Question;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Shell;
import org.claudeagentui.acceptance.stack.SseReader;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** One stack, begun in the default profile and switched to the hardened one, with Strapi watched from its first packet on. */
@AcceptanceTestBeside
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HardenedIT {
    private static final Duration STARTED = Duration.ofSeconds(150);
    private static final Duration RUN = Duration.ofSeconds(60);
    /** An address of documentation, which nobody has: a name that Strapi asked for would be seen to leave for it. */
    private static final String NOBODY = "198.51.100.53";
    private static final String NAME_SERVER = "services:\n  strapi:\n    dns: " + NOBODY + "\n";
    private static final int DATABASE_PORT = 5432;
    private static final String HARDENED_FILE = "docker-compose.hardened.yml";
    private static final List<String> PORTS = List.of("POSTGRES_PORT", "STRAPI_PORT", "EXPRESS_PORT", "FRONTEND_HTTP_PORT");
    private static final String STRANGER_ON_BACKEND = "stranger on backend";
    private static final Set<String> WITH_A_WAY_OUT = Set.of(Service.EXPRESS, "stranger on frontend");

    private ComposeStack stack;
    private Observed observed;

    /** What was seen of the switch, of Strapi's boot, and of a run. */
    private record Observed(String databaseBefore, CommandResult refused, String filesAfterRefusal, CommandResult switched,
            OutboundWatch strapi,
            Count counted, String runEnded) {}

    @BeforeAll
    void switchAnExistingStack(Stacks stacks) {
        stack = stacks.create().overlay("nobodys-name-server", NAME_SERVER).prepare();
        stack.up(Service.POSTGRES);
        stack.query("CREATE TABLE kept (word text)");
        stack.query("INSERT INTO kept VALUES ('kept')");
        String database = stack.inspect(Service.POSTGRES).getId();
        CommandResult refused = stack.stack("up", "--hardened");
        String files = stack.env().require("COMPOSE_FILE");
        try (ExecutorService background = Executors.newSingleThreadExecutor()) {
            Instant asked = Instant.now();
            CompletableFuture<CommandResult> switching = CompletableFuture.supplyAsync(() -> stack.stack("up", "--hardened", "--yes"),
                    background);
            OutboundWatch strapi = watchStrapi(asked);
            CommandResult switched = switching.join().orThrow();
            String ended = run();
            observed = new Observed(database, refused, files, switched, strapi, strapi.read(), ended);
        }
    }

    private OutboundWatch watchStrapi(Instant asked) {
        stack.events().await(Service.STRAPI, EngineEvent.START, asked, STARTED);
        return OutboundWatch.begin(stack, Service.STRAPI, stack.networks().address(Service.POSTGRES, Reachability.BACKEND).orElseThrow(),
                DATABASE_PORT);
    }

    private String run() {
        String agent = Http.postJson(stack.frontDoor() + "/api/agents",
                "{\"name\":\"Watched\",\"systemPrompt\":\"Answer what you are asked.\",\"model\":\"sonnet\"}")
                .orThrow()
                .json()
                .at("/id")
                .asText();
        return SseReader.post(stack.frontDoor() + "/api/agents/" + agent + "/execute", "{\"input\":\"Say hello.\"}", RUN).getLast().type();
    }

    @Test
    @Promise(value = "NET-5", part = "switching an existing stack")
    void switchingSaysWhatItRecreatesAndKeepsTheData(Evidence evidence) {
        evidence.expected(
                "./stack up --hardened of a running stack names the network and the containers that it re-creates; without a terminal and --yes it"
                        + " changes nothing and ends with 2, with --yes it does it; rows stay");

        CommandResult refused = observed.refused();
        String databaseAfter = stack.inspect(Service.POSTGRES).getId();
        List<String> rows = stack.query("SELECT word FROM kept");
        evidence.observed(
                "without --yes: exit code %d, compose files %s: %s; with it: exit code %d, %s; the database's container is another: %s; rows %s"
                        .formatted(refused.exitCode(), observed.filesAfterRefusal(), refused.text().strip(), observed.switched().exitCode(),
                                firstLine(observed.switched()), !databaseAfter.equals(observed.databaseBefore()), rows));
        evidence.figure("switch, with the start of the whole stack", observed.switched().took().toMillis() / 1000.0, "s");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.text()).contains(stack.networks().name(Reachability.BACKEND), stack.containerName(Service.POSTGRES), "--yes");
        assertThat(observed.filesAfterRefusal()).doesNotContain(HARDENED_FILE);
        assertThat(firstLine(observed.switched())).contains(stack.networks().name(Reachability.BACKEND), stack.containerName(
                Service.POSTGRES));
        assertThat(stack.env().require("COMPOSE_FILE")).endsWith(":" + HARDENED_FILE);
        assertThat(databaseAfter).isNotEqualTo(observed.databaseBefore());
        assertThat(rows).containsExactly("kept");
    }

    private static String firstLine(CommandResult result) {
        return result.out().lines().findFirst().orElse("");
    }

    @Test
    @Promise(value = "NET-4", part = "hardened profile")
    void publishesTheFrontendsPortsAlone(Evidence evidence) {
        evidence.expected(
                "in the hardened profile the engine publishes ports of the frontend alone; where the others' ports were, nobody listens");

        Map<String, Set<Integer>> published = new TreeMap<>();
        Service.ALL.forEach(service -> {
            Set<Integer> ports = new TreeSet<>();
            NetworkIT.bindings(stack, service).forEach((port, bound) -> ports.add(port.getPort()));
            published.put(service, ports);
        });
        Map<String, Outcome> onLoopback = new LinkedHashMap<>();
        Map<Question, Outcome> tried = Probing.fromHere(PORTS.stream().map(this::onLoopback).toList());
        PORTS.forEach(port -> onLoopback.put(port, Objects.requireNonNull(tried.get(onLoopback(port)), "an answer")));
        evidence.observed("published " + published + "; on loopback " + onLoopback);

        assertThat(published).isEqualTo(Map.of(Service.POSTGRES, Set.of(), Service.STRAPI, Set.of(), Service.EXPRESS, Set.of(),
                Service.FRONTEND,
                Set.of(80, 443)));
        assertThat(onLoopback).isEqualTo(Map.of("POSTGRES_PORT", Outcome.REFUSED, "STRAPI_PORT", Outcome.REFUSED, "EXPRESS_PORT",
                Outcome.REFUSED,
                "FRONTEND_HTTP_PORT", Outcome.CONNECTED));
    }

    private Question.Connection onLoopback(String variable) {
        return new Question.Connection("127.0.0.1", stack.port(variable));
    }

    @Test
    @Promise(value = "NET-2", part = "matrix, hardened profile")
    @Promise(value = "NET-3", part = "matrix, hardened profile")
    void whoSharesANetworkReachesTheOtherAndNobodyElseDoes(Evidence evidence) {
        List<String> deviations = Reachability.probe(stack, true, evidence);

        assertThat(deviations).isEmpty();
    }

    @Test
    @Promise(value = "NET-2", part = "matrix, hardened profile")
    void nothingFromOutsideTheBackendArrivesAtTheDatabase(Evidence evidence) {
        evidence.expected(
                "what is sent to the database's own address by the host, the frontend and strangers on other networks never arrives in its network"
                        + " namespace, whoever may answer in its place; control: what a stranger on the backend network sends does");

        String address = stack.networks().address(Service.POSTGRES, Reachability.BACKEND).orElseThrow();
        Map<String, Long> arrived = new LinkedHashMap<>();
        try (Probe inBackend = stack.networks().probe(Reachability.BACKEND);
                Probe inFrontend = stack.networks().probe(Reachability.FRONTEND);
                Probe inModel = stack.networks().probe(Reachability.MODEL)) {
            Map<String, Consumer<List<Question.Connection>>> places = new LinkedHashMap<>();
            places.put("host", Probing::fromHere);
            places.put(Service.FRONTEND, questions -> Probing.from(stack.shell(Service.FRONTEND), questions));
            places.put("stranger on frontend", questions -> Probing.from(inFrontend, questions));
            places.put("stranger on model", questions -> Probing.from(inModel, questions));
            places.put(STRANGER_ON_BACKEND, questions -> Probing.from(inBackend, questions));
            // A port for each place, at which nobody listens and to which nobody else sends.
            List<Integer> ports = IntStream.rangeClosed(1, places.size()).boxed().toList();
            InboundWatch database = InboundWatch.begin(stack, Service.POSTGRES, ports);
            List<String> names = List.copyOf(places.keySet());
            ports.forEach(port -> Objects.requireNonNull(places.get(names.get(port - 1)))
                    .accept(List.of(new Question.Connection(address, port))));
            Map<Integer, Long> counted = database.read();
            ports.forEach(port -> arrived.put(names.get(port - 1), counted.getOrDefault(port, 0L)));
        }
        evidence.table("Arrived at the database's address", List.of("from", "expected", "observed"), arrived.entrySet()
                .stream()
                .map(from -> List.of(from.getKey(), String.valueOf(from.getKey().equals(STRANGER_ON_BACKEND)), String.valueOf(from
                        .getValue() > 0)))
                .toList());
        evidence.observed("connections that arrived: " + arrived);

        assertThat(arrived.remove(STRANGER_ON_BACKEND)).isPositive();
        assertThat(arrived.values()).containsOnly(0L);
    }

    @Test
    @Promise(value = "NET-5", part = "postgres has no way out")
    @Promise(value = "NET-5", part = "the service has one")
    void theDatabaseHasNoWayOutAndTheServiceHasOne(Evidence evidence) {
        evidence.expected(
                "from postgres, and from a stranger on the backend network, nothing outside is reached, not even the host; the engine calls the network"
                        + " internal; control: the service and a stranger on the frontend network reach the same places");

        Map<String, Map<Question, Outcome>> from = new LinkedHashMap<>();
        String ways;
        try (Outside outside = Outside.open();
                Probe inBackend = stack.networks().probe(Reachability.BACKEND);
                Probe inFrontend = stack.networks()
                        .probe(
                                Reachability.FRONTEND)) {
            List<Question> questions = new ArrayList<>(List.of(outside.nearby()));
            outside.farther(inFrontend).ifPresent(questions::add);
            ways = questions.size() == 1
                    ? "the host's own address (no other machine is in reach)"
                    : "the host's own address, another machine";
            Map<String, Shell> places = new LinkedHashMap<>();
            places.put(Service.POSTGRES, stack.shell(Service.POSTGRES));
            places.put(STRANGER_ON_BACKEND, inBackend);
            places.put(Service.EXPRESS, stack.shell(Service.EXPRESS));
            places.put("stranger on frontend", inFrontend);
            places.forEach((name, place) -> from.put(name, Probing.from(place, questions)));
        }
        boolean internal = Boolean.TRUE.equals(stack.engine().network(stack.networks().name(Reachability.BACKEND)).getInternal());
        List<List<String>> rows = new ArrayList<>();
        from.forEach((name, outcomes) -> rows.add(List.of(name, String.valueOf(WITH_A_WAY_OUT.contains(name)), outcomes.values()
                .stream()
                .map(outcome -> String.valueOf(outcome.positive()))
                .distinct()
                .reduce((one, other) -> one + " and " + other)
                .orElseThrow())));
        evidence.table("Ways out", List.of("from", "expected", "observed"), rows);
        evidence.observed("internal: %s; probed: %s; reached: %s".formatted(internal, ways, rows));

        assertThat(internal).as("the engine calls the backend network internal").isTrue();
        from.forEach((name, outcomes) -> assertThat(outcomes.values()).as(name)
                .allMatch(outcome -> outcome.positive() == WITH_A_WAY_OUT.contains(name)));
    }

    @Test
    @Promise(value = "NET-5", part = "Strapi, over a boot and a run")
    void strapiOpensNoConnectionButToItsDatabase(Evidence evidence) {
        evidence.expected(
                "the kernel's counters in Strapi's network namespace, from its first packet, over its boot and a run: connections to the database, no"
                        + " other, and no datagram (so no name asked outside); controls: a connection and a name query made on purpose are counted");

        Count counted = observed.counted();
        // The control comes last, since it can't be taken back.
        Map<Question, Outcome> made = Probing.from(stack.shell(Service.STRAPI), List.of(new Question.Connection(NOBODY, 443),
                new Question.Name(
                        "nobody.example")));
        Count control = observed.strapi().read();
        evidence.observed("the run ended with %s; counted %s; after a connection and a query made on purpose (%s) %s".formatted(observed
                .runEnded(),
                counted, made.values(), control));
        evidence.figure("connections to the database", counted.permitted(), "")
                .figure("connections elsewhere", counted.elsewhere(), "")
                .figure("datagrams", counted.datagrams(), "");

        assertThat(observed.runEnded()).isEqualTo("run.completed");
        assertThat(counted.permitted()).isPositive();
        assertThat(counted.elsewhere()).isZero();
        assertThat(counted.datagrams()).isZero();
        assertThat(control.elsewhere()).isPositive();
        assertThat(control.datagrams()).isPositive();
    }
}
