package org.claudeagentui.acceptance.standin;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

/** What the Messages API refuses is refused here too, so that a wrong request is found out before it meets the real one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalTest {
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private static final String GIF = "{\"type\":\"base64\",\"media_type\":\"image/gif\",\"data\":\"R0lGODlh\"}";

    private final Running running;

    RefusalTest() throws IOException {
        running = new Running();
    }

    @BeforeAll
    void aRightRequestIsTaken() throws IOException {
        assertThat(post("{\"model\":\"m\",\"max_tokens\":5," + HI + "}").status()).isEqualTo(200);
    }

    @AfterAll
    void stop() throws IOException {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-api-key: test-key\r\n", "test-key"})
    void aMissingOrEmptyKey(String without) throws IOException {
        Running.Whole answer = running.whole(RawClient.messages(false, "hi").replace(without, ""));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.head()).contains("request-id: req_");
        assertThat(answer.body().path("type").asText()).isEqualTo("error");
        assertThat(answer.body().at("/error/type").asText()).isEqualTo("authentication_error");
    }

    @Test
    void noKeyThatComesAsABearerToken() throws IOException {
        String bearer = RawClient.messages(false, "hi").replace("x-api-key: test-key", "authorization: Bearer test-key");

        assertThat(running.whole(bearer).status()).isEqualTo(200);
        assertThat(running.whole(bearer.replace("test-key", "")).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"temperature,0.5", "temperature,1", "top_p,0.5", "top_k,5"})
    void samplingParametersInTheVersionWithoutThem(String name, String value) throws IOException {
        String old = RawClient.messages("{\"model\":\"m\",\"max_tokens\":5,\"" + name + "\":" + value + "," + HI + "}");

        assertThat(running.whole(old).status()).isEqualTo(200);
        Running.Whole answer = running.whole(old.replace("2023-06-01", "2026-10-21"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/message").asText()).isEqualTo(name + ": Extra inputs are not permitted");
    }

    @Test
    void aMissingVersion() throws IOException {
        Running.Whole answer = running.whole(RawClient.messages(false, "hi").replace("anthropic-version: 2023-06-01\r\n", ""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/message").asText()).isEqualTo("anthropic-version: header is required");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"model\":                                                                    | not valid JSON",
        "[]                                                                             | dictionary",
        "{\"max_tokens\":5,HI}                                                          | model: Field required",
        "{\"model\":\"m\",HI}                                                           | max_tokens: Field required",
        "{\"model\":\"m\",\"max_tokens\":0,HI}                                          | max_tokens: Input should be greater",
        "{\"model\":\"m\",\"max_tokens\":5}                                             | messages: Field required",
        "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[]}                             | at least one message",
        "{\"model\":\"m\",\"max_tokens\":5,\"maxTokens\":5,HI}                          | maxTokens: Extra inputs are not permitted",
        "{\"model\":\"m\",\"max_tokens\":5,\"temperature\":0.5,\"top_p\":0.5,HI}        | cannot both be specified",
        "{\"model\":\"m\",\"max_tokens\":5,\"temperature\":1.5,HI}                      | temperature: range",
        "{\"model\":\"m\",\"max_tokens\":5,\"stream\":\"yes\",HI}                       | stream: Input should be a valid boolean",
        "{\"model\":\"m\",\"max_tokens\":5,\"stop_sequences\":[\" \"],HI}               | non-whitespace",
        "{\"model\":\"m\",\"max_tokens\":5,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048},HI}   | must be greater than",
        "{\"model\":\"m\",\"max_tokens\":5,\"tools\":[{\"name\":\"a b\",\"input_schema\":{\"type\":\"object\"}}],HI} | tools.0.name",
        "{\"model\":\"m\",\"max_tokens\":5,\"tools\":[{\"name\":\"a\"}],HI}             | input_schema: Field required",
        "{\"model\":\"m\",\"max_tokens\":5,\"system\":[{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"lasting\"}}],HI} | 'ephemeral'",
        "{\"model\":\"m\",\"max_tokens\":5,\"system\":[MARKED,MARKED,MARKED,MARKED,MARKED],HI} | maximum of 4 blocks",
        "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"assistant\",\"content\":\"hi\"}]}      | must use the \"user\" role",
        "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}             | non-empty content",
        "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"system\",\"content\":\"x\"}]}          | first message must use"})
    void aWrongBody(String body, String problem) throws IOException {
        Running.Whole answer = post(body.replace("HI", HI)
                .replace("MARKED",
                        "{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(answer.body().at("/error/message").asText()).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"type\":\"image\"}                                                                                      | image.source: Input tag",
        "{\"type\":\"image\",\"title\":\"x\",\"source\":SOURCE}                                                    | image.title: Extra inputs",
        "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/tiff\",\"data\":\"AAAA\"}}       | media_type: Input should be",
        "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/gif\",\"data\":\"R0l=GODlh\"}}    | Invalid base64",
        "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"R0lGODlh\"}}    | appears to be another",
        "{\"type\":\"document\",\"title\":\"\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"x\"}} | 1 to 500",
        "{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/csv\",\"data\":\"x\"}}          | 'text/plain'",
        "{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"\"}}         | data: Field required",
        "{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/gif\",\"data\":\"R0lGODlh\"}} | 'application/pdf'"})
    void aWrongFile(String block, String problem) throws IOException {
        Running.Whole answer = withFile(block.replace("SOURCE", GIF));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/message").asText()).startsWith("messages.0.content.0.").contains(problem);
    }

    @Test
    void noRightFile() throws IOException {
        assertThat(withFile("{\"type\":\"image\",\"source\":" + GIF + "}").status()).isEqualTo(200);
        assertThat(withFile(
                "{\"type\":\"document\",\"title\":\"t\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"x\"}}")
                .status()).isEqualTo(200);
    }

    private Running.Whole withFile(String block) throws IOException {
        return post("{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":[" + block
                + ",{\"type\":\"text\",\"text\":\"hi\"}]}]}");
    }

    @Test
    void aToolCallWithoutItsResult() throws IOException {
        String call = "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"t\",\"input\":{}}]}";
        String result = "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":\"ok\"}]}";
        String start = "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},";

        assertThat(post(start + call + "," + result + "]}").status()).isEqualTo(200);
        assertThat(post(start + call + ",{\"role\":\"user\",\"content\":\"and?\"}]}").body().at("/error/message").asText())
                .startsWith("messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1");
        assertThat(post(start + result + "]}").body().at("/error/message").asText()).contains("unexpected `tool_use_id`");
    }

    @Test
    void anUnknownPathAndMethod() throws IOException {
        assertThat(running.whole(RawClient.messages(false, "hi").replace("/v1/messages", "/v1/complete")).status()).isEqualTo(404);
        assertThat(running.whole("GET /v1/messages HTTP/1.1\r\nhost: standin\r\n\r\n").status()).isEqualTo(405);
    }

    @Test
    void tokensAreCountedWithoutMaxTokens() throws IOException {
        Running.Whole answer = running.whole(
                RawClient.messages("{\"model\":\"m\"," + HI + "}").replace("/v1/messages", "/v1/messages/count_tokens"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("input_tokens").asInt()).isPositive();
    }

    private Running.Whole post(String body) throws IOException {
        return running.whole(RawClient.messages(body));
    }
}
