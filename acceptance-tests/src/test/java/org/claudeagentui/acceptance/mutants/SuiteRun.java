package org.claudeagentui.acceptance.mutants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a run of selected tests against a checkout said, read from the report that it wrote. */
record SuiteRun(JsonNode report) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs the tests against the checkout; stacks and all are gone when it returns. */
    static SuiteRun of(Path checkout, Path reportFolder, List<SelectedTest> tests) throws IOException {
        String project = System.setProperty("acceptance.project", checkout.toString());
        String report = System.setProperty("acceptance.report", reportFolder.toString());
        try {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(tests.stream().map(SelectedTest::selector).toList())
                    .build();
            LauncherFactory.create().execute(request);
        } finally {
            restore("acceptance.project", project);
            restore("acceptance.report", report);
        }
        return new SuiteRun(JSON.readTree(reportFolder.resolve("report.json").toFile()));
    }

    private static void restore(String property, @Nullable String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    String verdict() {
        return report.path("verdict").asText();
    }

    /** Whether the tests came to judge what they share: a stack that doesn't boot turns any of them red, whatever it is about. */
    boolean judged() {
        return !verdict().equals("environment-failed") && !report.at("/environment/sharedStack").asText().equals("did not boot");
    }

    String status(String promise) {
        return promise(promise).path("status").asText();
    }

    String reason(String promise) {
        return promise(promise).path("reason").asText();
    }

    private JsonNode promise(String id) {
        return StreamSupport.stream(report.path("promises").spliterator(), false)
                .filter(promise -> promise.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The report knows no promise " + id));
    }
}
