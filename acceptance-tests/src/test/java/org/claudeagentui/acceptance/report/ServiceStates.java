package org.claudeagentui.acceptance.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.List;

/** Hands the services of a failed test's stacks to the report. */
public final class ServiceStates {
    static final String KEY = "services";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ServiceStates() {
    }

    /** Attaches the services to the test's place in the report. */
    public static void publish(ExtensionContext context, List<ServiceState> services) {
        try {
            context.publishReportEntry(KEY, JSON.writeValueAsString(services));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The services' state cannot be written as JSON", e);
        }
    }

    static List<ServiceState> parse(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {
            });
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The services' state cannot be read", e);
        }
    }
}
