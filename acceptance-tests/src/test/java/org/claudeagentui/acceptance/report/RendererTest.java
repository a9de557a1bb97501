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
            List.of(new PromiseReport("AAA-1", "It holds.", Status.VERIFIED, "", List.of(new TestEvidence("One.a", "", Result.PASSED, "ten",
                    "ten", Map.of("took", "3 s")))),
                    new PromiseReport("AAA-2", "It holds too.", Status.BROKEN, "Two.b: port|open", List.of(new TestEvidence("Two.b", "left",
                            Result.FAILED, "shut", "open", Map.of()))),
                    new PromiseReport("AAA-3", "Nobody knows.", Status.NOT_VERIFIED, "no test proves it yet", List.of())));

    @Test
    void jsonHasTheAgreedShape() throws Exception {
        JsonNode json = new ObjectMapper().readTree(new JsonRenderer().render(REPORT));

        assertThat(json.fieldNames()).toIterable().containsExactly("verdict", "reason", "environment", "promises");
        assertThat(json.at("/verdict").asText()).isEqualTo("broken");
        assertThat(json.at("/environment/durationSeconds").asInt()).isEqualTo(12);
        assertThat(json.at("/promises/0/status").asText()).isEqualTo("verified");
        assertThat(json.at("/promises/0/evidence/0/figures/took").asText()).isEqualTo("3 s");
        assertThat(json.at("/promises/1/evidence/0/part").asText()).isEqualTo("left");
        assertThat(json.at("/promises/2/status").asText()).isEqualTo("not-verified");
    }

    @Test
    void markdownTellsTheVerdictFirstAndKeepsItsTableWhole() {
        assertThat(new MarkdownRenderer().render(REPORT)).startsWith("# Acceptance report: broken\n")
                .contains("1 verified, 1 broken, 1 not verified, of 3.")
                .contains("| AAA-2 | broken | Two.b: port\\|open |")
                .contains("- **left** `Two.b` failed")
                .contains("  - took: 3 s");
    }

    @Test
    void theTerminalGetsAFewLines() {
        assertThat(new TerminalRenderer().render(REPORT)).contains("Acceptance: broken")
                .contains("BROKEN        AAA-2  Two.b: port|open")
                .contains("no test yet   AAA-3");
    }
}
