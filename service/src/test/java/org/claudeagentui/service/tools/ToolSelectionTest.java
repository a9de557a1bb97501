package org.claudeagentui.service.tools;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ToolSelectionTest {

    @ParameterizedTest
    @CsvSource({"'', '', true", "files__read, '', true", "files__*, '', true", "'other__*,files__read', '', true",
        "files__write, '', false",
        "file__*, '', false", "read, '', false", "files*, '', false", "*, '', false", "'', files__read, false", "'', files__*, false",
        "'', files__write, true", "files__read, files__*, false"})
    void takesAwayFromWhatItAllows(String allowed, String disallowed, boolean has) {
        assertThat(new ToolSelection(List.of(), list(allowed), list(disallowed)).has("files__read")).isEqualTo(has);
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
    }
}
