package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.openapi.ApiDocument;
import org.claudeagentui.acceptance.openapi.Contract;
import org.claudeagentui.acceptance.openapi.Operation;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** The OpenAPI document's examples of requests, sent as they stand there. */
@AcceptanceTest
class ExamplesIT {

    @Test
    @Promise(value = "RUN-1", part = "the description's examples")
    void theExamplesOfTheDescriptionWork(ComposeStack stack, Evidence evidence) {
        evidence.expected("""
                each example of a request in the OpenAPI document, sent as it stands there but for ids and passwords: the first status of success \
                that the document names, and an answer which fits its schema""");

        ApiDocument document = ApiDocument.parse(Http.get(stack.frontDoor() + "/openapi").orThrow().body());
        Contract contract = new Contract(document);
        Member member = Member.joinAsAdministrator(stack, "Ada");
        List<List<String>> rows = new ArrayList<>();
        try (Belongings belongings = new Belongings(stack, document, member, member)) {
            for (Operation operation : document.operations()) {
                operation.examples().forEach((name, example) -> {
                    Asked asked = Asked.example(operation, belongings.address(operation), example, belongings.real(Optional.of(member)));
                    Answer answer = member.send(asked.request(stack));
                    List<String> objections = contract.objections(operation, answer);
                    rows.add(List.of(operation.id() + ": " + name, success(operation), objections.isEmpty() && answer.succeeded()
                            ? String.valueOf(answer.status())
                            : answer.status() + " " + objections + " " + answer.body()));
                    if (answer.status() == 201 && !operation.id().equals("createRun")) {
                        member.delete(answer.headers().firstValue("Location").orElseThrow()).orThrow();
                    }
                });
            }
        }
        evidence.table("Examples of requests", List.of("operation and example", "expected", "observed"), rows)
                .observed(rows.size() + " examples");

        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    private static String success(Operation operation) {
        JsonNode responses = operation.described().path("responses");
        return StreamSupport.stream(((Iterable<String>) responses::fieldNames).spliterator(), false)
                .filter(status -> status.startsWith("2"))
                .findFirst()
                .orElseThrow();
    }
}
