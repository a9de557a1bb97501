package org.claudeagentui.acceptance.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.util.List;

/** What a test left behind; travels from the test to the report as JSON. */
record Findings(List<String> expected, List<String> observed, List<Figure> figures, List<Table> tables, List<Picture> pictures) {
    static final Findings NONE = new Findings(List.of(), List.of(), List.of(), List.of(), List.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    Findings {
        expected = List.copyOf(expected);
        observed = List.copyOf(observed);
        figures = List.copyOf(figures);
        tables = List.copyOf(tables);
        pictures = List.copyOf(pictures);
    }

    static Findings parse(String json) {
        try {
            return JSON.readValue(json, Findings.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A test's findings cannot be read", e);
        }
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A test's findings cannot be written as JSON", e);
        }
    }
}
