package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Outside;
import org.claudeagentui.acceptance.stack.Probe;
import org.claudeagentui.acceptance.stack.Probing;
import org.claudeagentui.acceptance.stack.Probing.Outcome;
import org.claudeagentui.acceptance.stack.Probing.Question;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Shell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Who reaches whom, probed from each container, from a stranger on each network and from the host: by name, at the real
 * addresses, at the published ports of every bridge's gateway, and outside. Expected is what the promises say, and not
 * what the compose files do.
 */
final class Reachability {
    static final String BACKEND = "backend";
    static final String FRONTEND = "frontend";
    static final String MODEL = "model";
    private static final String HOST = "host";
    private static final String OUTSIDE = "outside";
    // The engine takes its isolation of bridges out of the firewall and puts it back whenever it makes a network, for milliseconds:
    // beside classes that boot stacks of their own, one connection in twenty gets through then. A way that is open is open at each look.
    private static final int LOOKS = 4;
    private static final Set<String> OPEN_WHEN_HARDENED = Set.of(Service.FRONTEND, Service.STANDIN);

    /** The networks that each service is on (NET-1; the stand-in's own beside them), and its port there. */
    private static final Map<String, Place> PLACES = places();

    private final ComposeStack stack;
    private final boolean hardened;

    private record Place(Set<String> networks, int port) {}

    private record Source(String name, Set<String> networks, Shell shell) {}

    private record Row(String from, String to, String way, String expected, String observed, int probes) {
        boolean asExpected() {
            return expected.equals(observed);
        }
    }

    /** Questions whose answers must be alike. */
    private record Cell(String to, String way, List<? extends Question> questions, boolean expected) {
        Row row(String from, Map<Question, Outcome> outcomes) {
            String observed = questions.stream()
                    .map(question -> Objects.requireNonNull(outcomes.get(question), "an answer").positive() ? "yes" : "no")
                    .distinct()
                    .collect(Collectors.joining(" and "));
            return new Row(from, to, way, expected ? "yes" : "no", observed, questions.size());
        }
    }

    private Reachability(ComposeStack stack, boolean hardened) {
        this.stack = stack;
        this.hardened = hardened;
    }

    private static Map<String, Place> places() {
        Map<String, Place> places = new LinkedHashMap<>();
        places.put(Service.POSTGRES, new Place(Set.of(BACKEND), 5432));
        places.put(Service.STRAPI, new Place(Set.of(BACKEND, FRONTEND), 1337));
        places.put(Service.EXPRESS, new Place(Set.of(BACKEND, FRONTEND, MODEL), 3001));
        places.put(Service.FRONTEND, new Place(Set.of(FRONTEND), 80));
        places.put(Service.STANDIN, new Place(Set.of(MODEL), 8080));
        return Collections.unmodifiableMap(places);
    }

    /** Probes everything, leaves it as evidence, and gives what was not as expected. */
    static List<String> probe(ComposeStack stack, boolean hardened, Evidence evidence) {
        return new Reachability(stack, hardened).probe(evidence);
    }

    private List<String> probe(Evidence evidence) {
        evidence.expected(
                "who shares a network reaches the other by name and at its address there; who shares none can do neither; no published port is"
                        + " in reach of a container at any bridge's gateway; the host reaches the published ports on loopback, "
                        + (hardened
                                ? "which are the frontend's alone; the host has no route to the backend network, and nothing on that alone has a way out"
                                : "and containers at their own addresses; nothing keeps a container from going out"));

        List<Row> rows = new ArrayList<>();
        try (Outside outside = Outside.open();
                Probe inBackend = stack.networks().probe(BACKEND);
                Probe inFrontend = stack.networks().probe(FRONTEND);
                Probe inModel = stack.networks().probe(MODEL);
                ExecutorService places = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Source> sources = new ArrayList<>();
            PLACES.forEach((service, place) -> sources.add(new Source(service, place.networks(), stack.shell(service))));
            sources.add(new Source("stranger on backend", Set.of(BACKEND), inBackend));
            sources.add(new Source("stranger on frontend", Set.of(FRONTEND), inFrontend));
            sources.add(new Source("stranger on model", Set.of(MODEL), inModel));
            List<Cell> toOutside = new ArrayList<>(List.of(new Cell(OUTSIDE, "the host's own address", List.of(outside.nearby()), true)));
            outside.farther(inFrontend).ifPresent(machine -> toOutside.add(new Cell(OUTSIDE, "another machine", List.of(machine), true)));
            sources.stream()
                    .map(source -> CompletableFuture.supplyAsync(() -> probe(source, toOutside), places))
                    .toList()
                    .forEach(running -> rows.addAll(running.join()));
        }
        rows.addAll(probeFromHost());

        List<String> deviations = rows.stream()
                .filter(row -> !row.asExpected())
                .map(row -> "%s to %s (%s): expected %s, observed %s".formatted(row.from(), row.to(), row.way(), row.expected(), row
                        .observed()))
                .toList();
        int probes = rows.stream().mapToInt(Row::probes).sum();
        evidence.observed("%d probes; not as expected: %s".formatted(probes, deviations));
        evidence.figure("probes", probes, "");
        leave(evidence, rows);
        return deviations;
    }

    private List<Row> probe(Source source, List<Cell> toOutside) {
        boolean wayOut = !hardened || !source.networks().equals(Set.of(BACKEND));
        List<Cell> cells = new ArrayList<>();
        List<String> gateways = gateways();
        PLACES.forEach((service, place) -> {
            boolean shared = place.networks().stream().anyMatch(source.networks()::contains);
            cells.add(new Cell(service, "name", List.of(new Question.Name(service)), shared));
            place.networks()
                    .stream()
                    .sorted()
                    .filter(network -> !hardened || !network.equals(BACKEND) || source.networks().contains(BACKEND))
                    .forEach(network -> cells.add(atAddress(service, place, network, source.networks().contains(network))));
        });
        publishedPorts().forEach((service, ports) -> cells.add(new Cell(service, "published ports at %d gateways".formatted(gateways
                .size()),
                gateways.stream().flatMap(gateway -> ports.stream().map(port -> new Question.Connection(gateway, port))).toList(),
                false)));
        toOutside.forEach(cell -> cells.add(new Cell(cell.to(), cell.way(), cell.questions(), wayOut)));
        Map<Question, Outcome> outcomes = new HashMap<>(
                Probing.from(source.shell(), cells.stream().flatMap(cell -> cell.questions().stream()).toList()));
        for (int asked = 1; asked < LOOKS; asked++) {
            List<? extends Question> open = cells.stream()
                    .filter(cell -> !cell.expected())
                    .flatMap(cell -> cell.questions().stream())
                    .filter(question -> Objects.requireNonNull(outcomes.get(question), "an answer").positive())
                    .toList();
            if (open.isEmpty()) {
                break;
            }
            outcomes.putAll(Probing.from(source.shell(), open));
        }
        return cells.stream().map(cell -> cell.row(source.name(), outcomes)).toList();
    }

    /**
     * In the hardened profile the host has neither an address on the backend network nor a route there: what is sent to one of its
     * addresses from elsewhere leaves the host like any other packet, and whoever answers is not of the stack, so none is probed
     * here; {@link HardenedIT} counts what arrives.
     */
    private List<String> gateways() {
        List<String> none = hardened ? stack.networks().gatewaysOf(BACKEND) : List.of();
        return stack.networks().gateways().stream().filter(gateway -> !none.contains(gateway)).toList();
    }

    private Cell atAddress(String service, Place place, String network, boolean expected) {
        String address = stack.networks()
                .address(service, network)
                .orElseThrow(() -> new AssertionError(service + " is not on " + network));
        return new Cell(service, "address on " + network, List.of(new Question.Connection(address, place.port())), expected);
    }

    private List<Row> probeFromHost() {
        List<Cell> cells = new ArrayList<>();
        publishedPorts().forEach((service, ports) -> cells.add(new Cell(service, "published on loopback", ports.stream()
                .map(port -> new Question.Connection("127.0.0.1", port))
                .toList(), !hardened || OPEN_WHEN_HARDENED.contains(service))));
        PLACES.forEach((service, place) -> place.networks()
                .stream()
                .sorted()
                .filter(network -> !hardened || !network.equals(BACKEND))
                .forEach(network -> cells.add(atAddress(service, place, network, true))));
        Map<Question, Outcome> outcomes = Probing.fromHere(cells.stream()
                .flatMap(cell -> cell.questions().stream())
                .map(Question.Connection.class::cast)
                .toList());
        return cells.stream().map(cell -> cell.row(HOST, outcomes)).toList();
    }

    /** The stand-in's port is published for tests alone. */
    private Map<String, List<Integer>> publishedPorts() {
        Map<String, List<Integer>> ports = new LinkedHashMap<>();
        ports.put(Service.POSTGRES, List.of(stack.port("POSTGRES_PORT")));
        ports.put(Service.STRAPI, List.of(stack.port("STRAPI_PORT")));
        ports.put(Service.EXPRESS, List.of(stack.port("EXPRESS_PORT")));
        ports.put(Service.FRONTEND, List.of(stack.port("FRONTEND_HTTP_PORT"), stack.port("FRONTEND_HTTPS_PORT")));
        ports.put(Service.STANDIN, List.of(stack.port("STANDIN_TEST_PORT")));
        return ports;
    }

    private static void leave(Evidence evidence, List<Row> rows) {
        List<String> targets = rows.stream().map(Row::to).distinct().toList();
        List<String> columns = new ArrayList<>(List.of("from"));
        columns.addAll(targets);
        List<List<String>> matrix = new ArrayList<>();
        rows.stream().map(Row::from).distinct().forEach(from -> {
            List<String> line = new ArrayList<>(List.of(from));
            targets.forEach(target -> line.add(summary(rows.stream()
                    .filter(row -> row.from().equals(from) && row.to().equals(target))
                    .toList())));
            matrix.add(line);
        });
        evidence.table("Reachability matrix", columns, matrix);
        evidence.table("Reachability probes", List.of("from", "to", "way", "expected", "observed"), rows.stream()
                .map(row -> List.of(row.from(), row.to(), row.way(), row.expected(), row.observed()))
                .toList());
    }

    private static String summary(List<Row> rows) {
        if (rows.isEmpty()) {
            return "-";
        }
        String reached = rows.stream().anyMatch(row -> row.observed().contains("yes")) ? "yes" : "no";
        return rows.stream().allMatch(Row::asExpected) ? reached : reached + ", not as expected";
    }
}
