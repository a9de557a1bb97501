package org.claudeagentui.service.runs;

import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.Message;
import org.claudeagentui.service.claude.MessageBlock;
import org.claudeagentui.service.web.Jsons;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run begins with beside its input. It is kept with the run, so that whoever goes on with the run says the same to the model.
 *
 * @param systemPrompt stands in the place of the agent's
 * @param before what was said before, in turns: the user begins, the model has the last word
 */
public record RunContext(Optional<String> systemPrompt, List<SpokenMessage> before) {

    /** That of a run that begins a conversation with an agent as it is. */
    public static final RunContext NONE = new RunContext(Optional.empty(), List.of());

    /** Refuses messages that don't take turns, which the model API would refuse too. */
    public RunContext {
        Objects.requireNonNull(systemPrompt, "systemPrompt");
        before = List.copyOf(before);
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).role() != (i % 2 == 0 ? Message.Role.USER : Message.Role.ASSISTANT)) {
                throw new IllegalArgumentException("messages must take turns");
            }
        }
        if (before.size() % 2 != 0) {
            throw new IllegalArgumentException("the model must have had the last word");
        }
    }

    /** The same without the oldest exchanges, as many as have to go so that the files of the others weigh no more than that. */
    RunContext weighing(long most) {
        int first = before.size();
        long left = most;
        while (first > 0 && before.get(first - 1).weight() + before.get(first - 2).weight() <= left) {
            left -= before.get(first - 1).weight() + before.get(first - 2).weight();
            first -= 2;
        }
        return new RunContext(systemPrompt, before.subList(first, before.size()));
    }

    /** The files of these messages. */
    List<Attachment> files() {
        return before.stream().flatMap(message -> message.attachments().stream()).toList();
    }

    /** The messages that a run begins with; the files are blocks in the order of {@link #files}, then the input's own. */
    List<Message> messages(String input, List<MessageBlock> blocks) {
        var messages = new ArrayList<Message>();
        int taken = 0;
        for (SpokenMessage message : before) {
            int files = message.attachments().size();
            messages.add(new Message(message.role(), content(blocks.subList(taken, taken + files), message.text())));
            taken += files;
        }
        messages.add(Message.user(blocks.subList(taken, blocks.size()), input));
        return messages;
    }

    private static List<MessageBlock> content(List<MessageBlock> files, String text) {
        return Stream.concat(files.stream(), Stream.of(new MessageBlock.Text(text))).toList();
    }

    /** The context as it is kept. */
    String toJson() {
        var messages = Jsons.PROVIDER.createArrayBuilder();
        before.forEach(message -> messages.add(Jsons.PROVIDER.createObjectBuilder()
                .add("role", message.role().name().toLowerCase(Locale.ROOT))
                .add("text", message.text())
                .add("attachments", AttachmentJson.kept(message.attachments()))));
        var json = Jsons.PROVIDER.createObjectBuilder().add("before", messages);
        systemPrompt.ifPresent(text -> json.add("systemPrompt", text));
        return json.build().toString();
    }

    /** The context that was kept. */
    static RunContext of(String json) {
        try (var reader = Jsons.PROVIDER.createReader(new StringReader(json))) {
            JsonObject kept = reader.readObject();
            return new RunContext(Optional.ofNullable(kept.getString("systemPrompt", null)),
                    kept.getJsonArray("before").getValuesAs(JsonObject.class).stream().map(RunContext::message).toList());
        }
    }

    private static SpokenMessage message(JsonObject kept) {
        return new SpokenMessage(Message.Role.valueOf(kept.getString("role").toUpperCase(Locale.ROOT)), kept.getString("text"),
                AttachmentJson.read(kept.getJsonArray("attachments")));
    }
}
