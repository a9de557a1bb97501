package org.claudeagentui.service.chats;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.claudeagentui.service.entries.EntryForm;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Form;
import org.claudeagentui.service.web.Rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What clients may say of a chat. */
final class ChatForm extends EntryForm {
    private static final Pattern DOCUMENT_ID = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final int MOST_SKILLS = 50;

    ChatForm() {
        super(form(), Set.of());
    }

    private static Form form() {
        var rules = new LinkedHashMap<String, Rule>();
        rules.put("title", Rule.text(1, 200));
        rules.put("agent", Rule.pattern(DOCUMENT_ID, "an agent's id"));
        rules.put("skills", Rule.list(MOST_SKILLS, Rule.pattern(DOCUMENT_ID, "a skill's id")));
        rules.put("customSystemPrompt", Rule.text(1, 50_000));
        rules.put("archived", Rule.flag());
        return new Form(rules, Set.of("title", "agent"));
    }

    @Override
    protected List<FieldError> contradictions(JsonObject chat) {
        return List.of();
    }

    @Override
    protected JsonValue unset(String name) {
        return switch (name) {
            case "archived" -> JsonValue.FALSE;
            case "skills" -> JsonValue.EMPTY_JSON_ARRAY;
            default -> JsonValue.NULL;
        };
    }
}
