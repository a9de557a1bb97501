package org.claudeagentui.acceptance.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The report as programs read it, in the shape that {@code report.schema.json} describes. */
final class JsonRenderer implements ReportRenderer {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    @Override
    public String render(AcceptanceReport report) {
        try {
            ObjectNode json = JSON.createObjectNode().put("format", FORMAT);
            json.setAll(JSON.<ObjectNode>valueToTree(report));
            return JSON.writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The report cannot be written as JSON", e);
        }
    }
}
