package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.openapi.ApiDocument;
import org.claudeagentui.acceptance.openapi.Operation;
import org.claudeagentui.acceptance.stack.Project;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;

import static org.assertj.core.api.Assertions.assertThat;

class AccessTest {

    @Test
    void eachOperationOfTheDocumentIsInTheTableOnce() throws IOException {
        ApiDocument document = ApiDocument.parse(Files.readString(Project.locate()
                .root()
                .resolve("service/src/main/resources/META-INF/openapi.yaml")));

        assertThat(Access.table()).extracting(Access::operation)
                .containsExactlyInAnyOrderElementsOf(document.operations().stream().map(Operation::id).toList());
    }
}
