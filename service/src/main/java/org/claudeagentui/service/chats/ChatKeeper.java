package org.claudeagentui.service.chats;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.claudeagentui.service.runs.AttachmentJson;
import org.claudeagentui.service.runs.Run;
import org.claudeagentui.service.runs.RunOrigin;
import org.claudeagentui.service.runs.RunRecipient;
import org.claudeagentui.service.runs.RunReport;
import org.claudeagentui.service.runs.RunState;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.strapi.StrapiException;
import org.claudeagentui.service.web.Jsons;
import org.claudeagentui.service.wiring.Single;

import java.util.Optional;

/** Has Strapi keep what was said in a chat's turn: each message once, however often it is told. */
@Single
final class ChatKeeper implements RunRecipient {
    /** Strapi takes 2 MB a request. The run has all. */
    private static final int LONGEST = 500_000;

    private final Strapi strapi;

    @Inject
    ChatKeeper(Strapi strapi) {
        this.strapi = strapi;
    }

    @Override
    public RunOrigin.Kind kind() {
        return RunOrigin.Kind.CHAT;
    }

    @Override
    public void tell(RunReport report) throws Refused {
        if (report.first()) {
            keep(report, question(report.run()));
        }
        if (report.run().state().ended()) {
            keep(report, answer(report.run()));
        }
    }

    private void keep(RunReport report, JsonObjectBuilder message) throws Refused {
        JsonObject attributes = message.add("session", report.origin().id()).add("runId", report.run().id().toString()).build();
        try {
            strapi.create(ContentType.CHAT_MESSAGE, attributes, Optional.empty());
        } catch (StrapiException.Conflict e) {
            // It was told before, by somebody who could not say so any more.
        } catch (StrapiException.Invalid e) {
            if (strapi.findNow(ContentType.CHAT, report.origin().id()).isPresent()) {
                throw new Refused("The chat's message is not taken: " + e.getMessage(), e);
            }
        }
    }

    private static JsonObjectBuilder question(Run run) {
        return Jsons.PROVIDER.createObjectBuilder()
                .add("role", ChatMessage.Role.USER.wireName())
                .add("content", run.input())
                .add("attachments", AttachmentJson.kept(run.attachments()));
    }

    private static JsonObjectBuilder answer(Run run) {
        var json = Jsons.PROVIDER.createObjectBuilder()
                .add("role", ChatMessage.Role.ASSISTANT.wireName())
                .add("content", cut(run.output().orElse("")))
                .add("outcome", outcome(run.state()).wireName());
        run.usage().ifPresent(usage -> json.add("usage", usage.toJson()));
        return json;
    }

    private static ChatMessage.Outcome outcome(RunState state) {
        return switch (state) {
            case COMPLETED -> ChatMessage.Outcome.COMPLETED;
            case CANCELLED -> ChatMessage.Outcome.CANCELLED;
            case FAILED -> ChatMessage.Outcome.FAILED;
            case QUEUED, RUNNING -> throw new IllegalStateException("a run that is " + state + " has no answer yet");
        };
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end);
    }
}
