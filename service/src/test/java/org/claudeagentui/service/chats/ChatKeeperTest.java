package org.claudeagentui.service.chats;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.claudeagentui.service.runs.Run;
import org.claudeagentui.service.runs.RunId;
import org.claudeagentui.service.runs.RunOrigin;
import org.claudeagentui.service.runs.RunReport;
import org.claudeagentui.service.runs.RunState;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.strapi.StrapiBefore;
import org.claudeagentui.service.testing.FakeStrapi;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class ChatKeeperTest {
    @AutoClose
    private final FakeStrapi fake = FakeStrapi.start();
    private final Strapi strapi = StrapiBefore.remembering(fake);
    private final ChatKeeper keeper = new ChatKeeper(strapi);
    private final String chat = strapi.create(ContentType.CHAT, Json.createObjectBuilder().add("title", "Talk").build(), Optional.empty())
            .getString("documentId");

    @Test
    void keepsWhatItIsToldTwiceOnce() throws Exception {
        var report = report(chat, RunState.CANCELLED, "Once up");
        keeper.tell(report);
        keeper.tell(report);

        assertThat(messages()).extracting(message -> message.getString("role")).containsExactly("user", "assistant");
        assertThat(messages().getLast().getString("content")).isEqualTo("Once up");
        assertThat(messages().getLast().getString("outcome")).isEqualTo("cancelled");
    }

    @Test
    void keepsNoAnswerBeforeItHasEnded() throws Exception {
        keeper.tell(report(chat, RunState.RUNNING, ""));

        assertThat(messages()).extracting(message -> message.getString("role")).containsExactly("user");
    }

    @Test
    void tellsNobodyWhereTheChatIsGone() throws Exception {
        keeper.tell(report("gone", RunState.COMPLETED, "Yes"));

        assertThat(messages()).isEmpty();
    }

    @Test
    void keepsTheBeginningOfAnAnswerThatStrapiCouldNotTake() throws Exception {
        keeper.tell(report(chat, RunState.COMPLETED, "x" + "🌍".repeat(250_000)));

        String kept = messages().getLast().getString("content");
        assertThat(kept).hasSize(499_999).endsWith("🌍");
    }

    private List<JsonObject> messages() {
        return fake.collections().all("chat-messages");
    }

    private static RunReport report(String chat, RunState state, String output) {
        var run = new Run(RunId.random(), "agent", "Ada", Optional.empty(), Optional.empty(), state, "Hello?", List.of(), Optional.of(
                output), Optional
                        .empty(), Instant.EPOCH,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return new RunReport(new RunOrigin(RunOrigin.Kind.CHAT, chat), run, true, true);
    }
}
