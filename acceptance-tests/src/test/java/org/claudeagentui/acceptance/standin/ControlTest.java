package org.claudeagentui.acceptance.standin;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Duration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ControlTest {
    private final Running running = new Running();

    ControlTest() throws IOException {
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{                                                              | body",
        "[]                                                             | body",
        "{}                                                             | steps",
        "{\"steps\":{}}                                                 | steps",
        "{\"steps\":[1]}                                                | steps[0]",
        "{\"steps\":[{}]}                                               | steps[0].type",
        "{\"steps\":[{\"type\":\"jump\"}]}                              | steps[0].type",
        "{\"steps\":[],\"mach\":{}}                                     | mach",
        "{\"steps\":[],\"match\":{\"input\":\"x\"}}                     | match.input",
        "{\"steps\":[],\"times\":0}                                     | times",
        "{\"steps\":[{\"type\":\"ping\"},{\"type\":\"text\",\"count\":0}]} | steps[1].count",
        "{\"steps\":[{\"type\":\"text\",\"count\":1,\"paceMs\":1}]}     | steps[0].paceMs",
        "{\"steps\":[{\"type\":\"text\",\"text\":\"a\",\"size\":3}]}    | steps[0].size",
        "{\"steps\":[{\"type\":\"text\"}]}                              | steps[0].text",
        "{\"steps\":[{\"type\":\"delay\"}]}                             | steps[0].millis",
        "{\"steps\":[{\"type\":\"cut\",\"afterBytes\":1,\"by\":\"axe\"}]} | steps[0].by",
        "{\"steps\":[{\"type\":\"raw\",\"base64\":\"!\"}]}              | steps[0].base64",
        "{\"steps\":[{\"type\":\"respond\",\"status\":99}]}             | steps[0].status",
        "{\"steps\":[{\"type\":\"respond\",\"headers\":{\"a\":\"b\\r\\nc: d\"}}]} | steps[0].headers.a",
        "{\"steps\":[],\"times\":1,\"times\":2}                         | body"})
    void aWrongScriptIsRefusedByTheNameOfItsField(String script, String field) throws IOException {
        Running.Whole answer = control("POST", "scripts", script);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/field").asText()).isEqualTo(field);
        assertThat(answer.body().at("/error/problem").asText()).isNotEmpty();
    }

    @Test
    void scriptsAreUsedInTheirOrderAndAsOftenAsTheySay() throws IOException {
        running.control().add(StandinScript.answering("q").text("first"));
        running.control().add(StandinScript.answering("q").times(2).text("second"));
        String always = running.control().add(StandinScript.answeringAnything().always().text("always"));

        assertThat(told("q")).isEqualTo("first");
        assertThat(told("q")).isEqualTo("second");
        assertThat(told("other")).isEqualTo("always");
        assertThat(told("q")).isEqualTo("second");
        assertThat(told("q")).isEqualTo("always");
        running.control().removeScript(always);
        assertThat(told("q")).contains("stand-in");
    }

    @Test
    void aScriptAnswersOnlyWhatAgreesWithAllItNames() throws IOException {
        running.control().add(StandinScript.answering("q").where("model", "claude-other").text("wrong model"));
        running.control().add(StandinScript.answering("q").where("systemContains", "pirate").text("wrong system"));
        running.control().add(StandinScript.answering("q").where("model", "claude-test").text("right"));

        assertThat(told("q")).isEqualTo("right");
    }

    @Test
    void theToolResultOfATurnIsItsInput() throws IOException {
        running.control().add(StandinScript.answering("42 degrees").text("It is hot."));

        String body = "{\"model\":\"m\",\"max_tokens\":5,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"weather?\"},"
                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"t\",\"input\":{}}]},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"content\":"
                + "[{\"type\":\"text\",\"text\":\"42 degrees\"}]}]}]}";

        assertThat(SseEvent.text(running.stream(body))).isEqualTo("It is hot.");
    }

    @Test
    void oneConversationOfTwoTurnsIsToldByTwoScripts() throws IOException {
        running.control().add(StandinScript.answering("weather in Rome").toolUse("weather__look", Json.object().put("city", "Rome")));
        running.control().add(StandinScript.answeringAnything().where("conversationContains", "weather in Rome").text("It is hot."));
        String start = "{\"model\":\"m\",\"max_tokens\":5,\"stream\":true,"
                + "\"tools\":[{\"name\":\"weather__look\",\"input_schema\":{\"type\":\"object\"}}],"
                + "\"system\":[{\"type\":\"text\",\"text\":\"Be brief.\",\"cache_control\":{\"type\":\"ephemeral\"}}],"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"The weather in Rome?\"}";

        String wish = running.stream(start + "]}").toString();
        String answer = SseEvent.text(running.stream(start
                + ",{\"role\":\"assistant\",\"content\":[{\"type\":\"redacted_thinking\",\"data\":\"x\"},"
                + "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"weather__look\",\"input\":{}}]},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"is_error\":true,"
                + "\"cache_control\":{\"type\":\"ephemeral\"}}]}]}"));

        assertThat(wish).contains("weather__look", "tool_use");
        assertThat(answer).isEqualTo("It is hot.");
    }

    @Test
    void requestsAreFoundByTheirInputAndForgottenOnDemand() throws IOException {
        running.control().add(StandinScript.answeringAnything().always().text("x"));
        told("apple");
        told("pear & apple");
        told("pear");

        assertThat(running.control().requests("apple")).hasSize(2);
        assertThat(running.control().requests("pear & apple")).hasSize(1);
        assertThat(control("GET", "requests?limit=1&events=false", "").body()).singleElement()
                .satisfies(request -> assertThat(request.path("input").asText()).isEqualTo("pear"))
                .satisfies(request -> assertThat(request.has("events")).isFalse());
        running.control().clear();
        assertThat(running.control().requests("")).isEmpty();
    }

    @Test
    void theOldestRequestsAreForgottenWhenTheyAreTooMany() throws IOException {
        running.control().add(StandinScript.answeringAnything().always());
        int tooMany = Journal.LIMIT + 50;
        String request = RawClient.messages(false, "again");
        try (RawClient client = running.connect()) {
            for (int i = 0; i < tooMany; i++) {
                client.send(request).readUntil("\"service_tier\":\"standard\"}}");
            }
        }

        assertThat(control("GET", "health", "").body().path("requests").asInt()).isEqualTo(Journal.LIMIT);
        assertThat(control("GET", "health", "").body().path("forgottenRequests").asInt()).isEqualTo(50);
    }

    @Test
    void healthTellsWhatIsOpen() throws IOException {
        running.control().add(StandinScript.answering("open").messageStart().stall(Duration.ofSeconds(20)));
        try (RawClient client = running.connect()) {
            client.send(RawClient.messages(true, "open")).readUntil("message_start");

            assertThat(control("GET", "health", "").body().toString())
                    .isEqualTo("{\"status\":\"UP\",\"scripts\":1,\"requests\":1,\"openRequests\":1,\"forgottenRequests\":0}");
        }
    }

    private String told(String input) throws IOException {
        return SseEvent.text(running.streamFor(input));
    }

    private Running.Whole control(String method, String path, String body) throws IOException {
        String request = method + " /_standin/" + path + " HTTP/1.1\r\nhost: standin\r\ncontent-length: " + body.getBytes(UTF_8).length
                + "\r\n\r\n" + body;
        try (RawClient client = running.connect()) {
            RawClient.Received received = client.send(request.replaceFirst("\r\n", "\r\nconnection: close\r\n")).readAll();
            boolean chunked = received.head().contains("chunked");
            byte[] answer = chunked
                    ? received.body()
                    : received.text().substring(received.head().length() + 4).getBytes(ISO_8859_1);
            return new Running.Whole(Integer.parseInt(received.text().substring(9, 12)), received.head(), Json.parse(answer));
        }
    }
}
