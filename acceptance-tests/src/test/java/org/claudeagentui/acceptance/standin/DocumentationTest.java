package org.claudeagentui.acceptance.standin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The scripts that docs/standin.md shows are scripts that the stand-in takes. */
class DocumentationTest {
    private static final Path PAGE = Path.of("..", "docs", "standin.md");
    private static final Pattern SCRIPT = Pattern.compile("(?s)```json\n(\\{.*?)\n```|_standin/scripts\" -d '(\\{.*?})'");

    static List<String> scripts() throws IOException {
        return SCRIPT.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .map(text -> text.substring(text.indexOf('{'), text.lastIndexOf('}') + 1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void showsScriptsThatAreTaken(String script) throws IOException, ScriptException {
        assertThat(ScriptReader.read(Json.parse(script.getBytes(UTF_8))).steps()).isNotEmpty();
    }

    @Test
    void namesEveryStep() throws IOException {
        String page = Files.readString(PAGE);

        assertThatThrownBy(() -> ScriptReader.read(Json.parse("{\"steps\":[{\"type\":\"?\"}]}".getBytes(UTF_8))))
                .isInstanceOfSatisfying(ScriptException.class, refusal -> assertThat(refusal.problem()
                        .replace("must be one of ", "")
                        .split(", "))
                        .hasSizeGreaterThan(15)
                        .allSatisfy(step -> assertThat(page).containsPattern("\\|.*`" + step + "`")));
    }
}
