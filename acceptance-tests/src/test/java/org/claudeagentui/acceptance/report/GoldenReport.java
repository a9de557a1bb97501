package org.claudeagentui.acceptance.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A report with one of everything, and in each text something that must not get through as it is. */
final class GoldenReport {
    static final String HOSTILE = "<script>alert('x')</script> & \"]]>\" | `tick` </style> \u001b[31mred\u001b[0m \u0007";
    static final String SECRET = "canary-of-the-golden-report";

    private static final PromiseCatalogue CATALOGUE = PromiseCatalogue.parse("""
            ## AAA — first things
            | AAA-1 | It holds, as `docker inspect` <shows>. | S |
            | AAA-2 | It holds in parts. | B |
            | AAA-3 | Nobody knows. | B |
            ## BBB — second things
            | BBB-1 | It could not be tried. | B |
            """, Map.of("AAA-2", List.of("left", "right | wrong")));

    private GoldenReport() {
    }

    static AcceptanceReport broken() {
        return assess(Optional.empty());
    }

    static AcceptanceReport environmentFailed() {
        return assess(Optional.of("The engine does not answer. Next: docker info"));
    }

    private static AcceptanceReport assess(Optional<String> environmentFailure) {
        Secrets.register(SECRET);
        List<TestOutcome> outcomes = List.of(passed(), broke(), new TestOutcome("OneIT.late", List.of(new Claim("BBB-1", "")),
                Result.NOT_RUN,
                HOSTILE, 0, Findings.NONE, "mvn verify -Dit.test=OneIT#late", List.of()));
        SuiteRun run = new SuiteRun(outcomes, Set.of(), List.of(), environmentFailure, Map.of("revision", "abc123-dirty", "engine",
                "20.10, overlay2", "durationSeconds", 75L, "started", "2026-01-02T03:04:05Z", "image.postgres",
                "sha256:0123456789abcdef0123456789", "note", HOSTILE), new Pictures(List.of(startup()), topology()));
        return Assessment.assess(CATALOGUE, run)
                .with(new Changes(2, List.of(new Changes.Turn("AAA-2", "left", Status.VERIFIED, "abc122", "2026-01-01T00:00:00Z")), List
                        .of(), List.of(), List.of(new Changes.Slower("OneIT.holds", "took", 1, 3, "s"))));
    }

    private static TestOutcome passed() {
        return new TestOutcome("OneIT.holds", List.of(new Claim("AAA-1", ""), new Claim("AAA-2", "right | wrong")), Result.PASSED, "", 1234,
                withAPicture(new Evidence().expected("ten of <STACK_NAME>")
                        .observed(HOSTILE + SECRET)
                        .figure("took", 3, "s")
                        .table("who reaches whom", List.of("from", "to", "by", "expected", "observed"), List.of(List.of("frontend",
                                "postgres", "DNS", "no", "no"), List.of("frontend", "strapi", "TCP", "yes", HOSTILE)))
                        .findings()), "", List.of());
    }

    private static Findings withAPicture(Findings findings) {
        return new Findings(findings.expected(), findings.observed(), findings.figures(), findings.tables(), List.of(new Picture(HOSTILE,
                "screens/hostile.png")));
    }

    private static TestOutcome broke() {
        return new TestOutcome("TwoIT.breaks", List.of(new Claim("AAA-2", "left")), Result.FAILED, HOSTILE, 60_000, new Evidence().expected(
                "shut")
                .observed("open")
                .table(HOSTILE, List.of("port", HOSTILE), List.of(List.of("80", "a|b")))
                .findings(), "mvn verify -pl acceptance-tests -Dit.test=TwoIT#breaks", List.of(new ServiceState("claude-at-1", "strapi",
                        "exited, exit code 1, unhealthy", "exit code 1  " + HOSTILE + SECRET, "a line\n" + HOSTILE + SECRET)));
    }

    private static Startup startup() {
        return new Startup("cold start " + HOSTILE, List.of(new Startup.Service("postgres", List.of(), List.of(new Startup.Mark(
                Moment.CREATED, 100), new Startup.Mark(Moment.STARTED, 400), new Startup.Mark(Moment.HEALTHY, 2_500)), List.of(
                        new Startup.Probe(900, 950, false), new Startup.Probe(2_400, 2_490, true))), new Startup.Service("strapi", List.of(
                                "postgres"), List.of(new Startup.Mark(Moment.CREATED, 150), new Startup.Mark(Moment.STARTED, 2_700),
                                        new Startup.Mark(Moment.UNHEALTHY, 9_000)), List.of())));
    }

    private static Topology topology() {
        return new Topology(List.of(new Topology.Network("backend", "bridge", "172.20.0.0/16"), new Topology.Network("frontend", "bridge",
                "172.21.0.0/16")), List.of(new Topology.Container("postgres", "claude-postgres:x", "sha256:01234", "running, healthy", Map
                        .of("backend", "172.20.0.2"), List.of("127.0.0.1:5433 → 5432"), List.of("/docker-entrypoint-initdb.d (read-only)")),
                        new Topology.Container("strapi", HOSTILE, "sha256:98765", "running, starting", Map.of("backend", "172.20.0.3",
                                "frontend", "172.21.0.2"), List.of(), List.of())));
    }
}
