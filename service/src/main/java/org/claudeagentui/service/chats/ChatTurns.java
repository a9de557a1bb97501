package org.claudeagentui.service.chats;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.claudeagentui.service.agents.Instructions;
import org.claudeagentui.service.runs.AttachmentSource;
import org.claudeagentui.service.runs.AttachmentsBody;
import org.claudeagentui.service.runs.OrderedRuns;
import org.claudeagentui.service.runs.RunContext;
import org.claudeagentui.service.runs.RunRequest;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.Listing;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Messages of chats over HTTP. The routes are native ones, as those of all that streams. */
@Single
final class ChatTurns implements HttpService {
    private static final String CONTENT = "content";
    private static final String ATTACHMENTS = "attachments";
    private static final Set<String> MEMBERS = Set.of(CONTENT, ATTACHMENTS);

    private final Chats chats;
    private final Messages messages;
    private final History history;
    private final Instructions instructions;
    private final OrderedRuns runs;

    @Inject
    ChatTurns(Chats chats, Messages messages, History history, Instructions instructions, OrderedRuns runs) {
        this.chats = chats;
        this.messages = messages;
        this.history = history;
        this.instructions = instructions;
        this.runs = runs;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/chats/{id}/messages", this::list)
                .post("/api/chats/{id}/messages", this::send)
                .delete("/api/chats/{id}/messages/{messageId}", this::delete);
    }

    private void list(ServerRequest request, ServerResponse response) {
        Chat chat = chat(request);
        ListQuery query = ListQuery.of(request.query().toMap(), Listing.sortedBy("createdAt")).withoutSearch();
        runs.catchUp(chat.origin());
        boolean newestFirst = query.sort().map(ListQuery.Sort::descending).orElse(false);
        JsonObject page = messages.page(chat.id(), query.page(), query.pageSize(), newestFirst).toJson(ChatMessage::toJson);
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(page.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void send(ServerRequest request, ServerResponse response) {
        Chat chat = chat(request);
        String agent = chat.agent()
                .orElseThrow(() -> new ProblemException(Problem.conflict("The chat's agent is gone: give the chat another.", List.of())));
        runs.execute(request, response, chat.origin(), body -> wanted(agent, body), () -> context(chat, agent));
    }

    private void delete(ServerRequest request, ServerResponse response) {
        Chat chat = chat(request);
        String message = request.path().pathParameters().get("messageId");
        runs.withoutRun(chat.origin(), () -> {
            messages.deleteFrom(chat.id(), message);
            return message;
        });
        response.status(Status.NO_CONTENT_204).send();
    }

    private Chat chat(ServerRequest request) {
        return chats.chat(request.path().pathParameters().get("id"));
    }

    private RunRequest wanted(String agent, JsonObject body) {
        var errors = new ArrayList<FieldError>();
        body.keySet()
                .stream()
                .filter(name -> !MEMBERS.contains(name))
                .forEach(name -> errors.add(new FieldError(name, "is not known here")));
        Optional<String> content = body.get(CONTENT) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
        content.map(text -> runs.complaint(CONTENT, text))
                .orElseGet(() -> Optional.of(new FieldError(CONTENT, "must be a text")))
                .ifPresent(errors::add);
        List<AttachmentSource> attachments = body.containsKey(ATTACHMENTS)
                ? new AttachmentsBody(ATTACHMENTS, body.getOrDefault(ATTACHMENTS, JsonValue.NULL), errors).sources()
                : List.of();
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new RunRequest(agent, content.orElseThrow(), attachments);
    }

    /** The agent speaks as it does elsewhere where the chat doesn't say otherwise. */
    private RunContext context(Chat chat, String agent) {
        Optional<String> told = chat.customSystemPrompt().isPresent() || !chat.skills().isEmpty()
                ? instructions.of(agent, chat.customSystemPrompt(), chat.skills())
                : Optional.empty();
        return new RunContext(told, history.of(chat.id()));
    }
}
