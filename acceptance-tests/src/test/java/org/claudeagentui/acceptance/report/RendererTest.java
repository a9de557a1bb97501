package org.claudeagentui.acceptance.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class RendererTest {
    private static final AcceptanceReport BROKEN = GoldenReport.broken();

    static Stream<ReportRenderer> renderers() {
        return Stream.of(new HtmlRenderer(), new JsonRenderer(), new JUnitRenderer(), new MarkdownRenderer(), new TerminalRenderer());
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void noFormTellsASecret(ReportRenderer renderer) {
        assertThat(renderer.render(BROKEN)).doesNotContain(GoldenReport.SECRET);
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void everyFormTellsTheVerdictAndWhatBroke(ReportRenderer renderer) {
        assertThat(renderer.render(BROKEN)).containsIgnoringCase("broken").contains("AAA-2", "TwoIT.breaks");
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void everyFormTellsAFailedEnvironmentApart(ReportRenderer renderer) {
        assertThat(renderer.render(GoldenReport.environmentFailed())).containsPattern("environment[ -]failed")
                .contains("The engine does not answer. Next: docker info");
    }

    @Test
    void jsonFitsItsSchema() throws IOException {
        JsonSchema schema = schema();

        for (AcceptanceReport report : List.of(BROKEN, GoldenReport.environmentFailed())) {
            JsonNode json = new ObjectMapper().readTree(new JsonRenderer().render(report));
            assertThat(schema.validate(json)).isEmpty();
        }
    }

    @Test
    void theSchemaRefusesWhatIsNoReport() throws IOException {
        JsonNode json = new ObjectMapper().readTree(new JsonRenderer().render(BROKEN)
                .replace("\"not-verified\"", "\"unknown\"")
                .replace("\"reproduce\"", "\"reproduced\""));

        assertThat(schema().validate(json)).extracting(message -> message.getType()).contains("enum", "required", "additionalProperties");
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream in = Objects.requireNonNull(RendererTest.class.getResourceAsStream("report.schema.json"))) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
        }
    }

    @Test
    void jsonHasEachPromiseWithItsPartsAndEachTestOnce() throws IOException {
        JsonNode json = new ObjectMapper().readTree(new JsonRenderer().render(BROKEN));

        assertThat(json.at("/verdict").asText()).isEqualTo("broken");
        assertThat(json.at("/environment/durationSeconds").asInt()).isEqualTo(75);
        assertThat(json.at("/promises/1/parts/0/status").asText()).isEqualTo("broken");
        assertThat(json.at("/promises/1/parts/1/tests/0").asText()).isEqualTo("OneIT.holds");
        assertThat(json.at("/tests/0/findings/figures/0/value").asText()).isEqualTo("3");
        assertThat(json.at("/tests/1/services/0/log").asText()).startsWith("a line\n");
        assertThat(json.at("/pictures/startups/0/services/1/needs/0").asText()).isEqualTo("postgres");
    }

    @Test
    void markdownTellsTheVerdictFirstAndKeepsItsTablesWhole() {
        String markdown = new MarkdownRenderer().render(BROKEN);

        assertThat(markdown).startsWith("# Acceptance report: broken\n")
                .contains("**1 verified, 1 broken, 2 not verified**, of 4")
                .contains("| right \\| wrong | verified |  |")
                .contains("Again: `mvn verify -pl acceptance-tests -Dit.test=TwoIT#breaks`")
                .contains("- newly broken: AAA-2 (left)");
        assertThat(markdown.replaceAll("(?s)```+\n.*?\n```+", "")).doesNotContain("<script", "<STACK_NAME>");
    }

    @Test
    void theTerminalGetsAFewLines() {
        String text = new TerminalRenderer().render(BROKEN);

        assertThat(text.lines().toList()).hasSizeLessThan(12).first().asString().startsWith("Acceptance: broken");
        assertThat(text).contains("BROKEN        AAA-2  TwoIT.breaks: ")
                .contains("newly broken  AAA-2 (left)")
                .contains(
                        "not verified  AAA-3: no test proves it yet");
    }
}
