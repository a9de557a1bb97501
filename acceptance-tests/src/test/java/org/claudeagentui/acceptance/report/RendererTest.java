package org.claudeagentui.acceptance.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class RendererTest {
    private static final AcceptanceReport REPORT = new AcceptanceReport(Verdict.BROKEN, "", Map.of("engine", "20.10", "durationSeconds",
            12L),
            List.of(new PromiseReport("AAA-1", "It holds.", Status.VERIFIED, "", List.of(new PartReport("", Status.VERIFIED, "", List.of(
                    "One.a")))),
                    new PromiseReport("AAA-2", "It holds too.", Status.BROKEN, "Two.b: port|open", List.of(new PartReport("left",
                            Status.BROKEN, "Two.b: port|open", List.of("Two.b")), new PartReport("right", Status.NOT_VERIFIED,
                                    "no test proves it yet", List.of()))),
                    new PromiseReport("AAA-3", "Nobody knows.", Status.NOT_VERIFIED, "no test proves it yet", List.of())),
            List.of(new TestOutcome("One.a", List.of(new Claim("AAA-1", "")), Result.PASSED, "", new Evidence().expected("ten")
                    .observed("ten")
                    .figure("took", 3, "s")
                    .findings()),
                    new TestOutcome("Two.b", List.of(new Claim("AAA-2", "left")), Result.FAILED, "port|open", new Evidence().expected(
                            "shut")
                            .observed("open")
                            .table("ports", List.of("port", "seen"), List.of(List.of("80", "open")))
                            .findings())));

    @Test
    void jsonHasTheAgreedShape() throws Exception {
        JsonNode json = new ObjectMapper().readTree(new JsonRenderer().render(REPORT));

        assertThat(json.fieldNames()).toIterable().containsExactly("verdict", "reason", "environment", "promises", "tests");
        assertThat(json.at("/verdict").asText()).isEqualTo("broken");
        assertThat(json.at("/environment/durationSeconds").asInt()).isEqualTo(12);
        assertThat(json.at("/promises/0/status").asText()).isEqualTo("verified");
        assertThat(json.at("/tests/0/findings/figures/0/value").asText()).isEqualTo("3");
        assertThat(json.at("/promises/1/parts/0/name").asText()).isEqualTo("left");
        assertThat(json.at("/tests/1/findings/tables/0/rows/0/1").asText()).isEqualTo("open");
        assertThat(json.at("/promises/2/status").asText()).isEqualTo("not-verified");
    }

    @Test
    void markdownTellsTheVerdictFirstAndKeepsItsTableWhole() {
        assertThat(new MarkdownRenderer().render(REPORT)).startsWith("# Acceptance report: broken\n")
                .contains("1 verified, 1 broken, 1 not verified, of 3.")
                .contains("| AAA-2 | broken | Two.b: port\\|open |")
                .contains("| left | broken | Two.b: port\\|open |")
                .contains("- `Two.b` failed")
                .contains("**ports**\n\n| port | seen |\n|---|---|\n| 80 | open |\n")
                .contains("  - took: 3 s");
    }

    @Test
    void theTerminalGetsAFewLines() {
        assertThat(new TerminalRenderer().render(REPORT)).contains("Acceptance: broken")
                .contains("BROKEN        AAA-2  Two.b: port|open")
                .contains("no test yet   AAA-3");
    }
}
