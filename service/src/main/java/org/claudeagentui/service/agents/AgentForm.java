package org.claudeagentui.service.agents;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.claudeagentui.service.entries.EntryForm;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Form;
import org.claudeagentui.service.web.Rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What clients may say of an agent. The slug lasts: it is an address that others may have noted down. */
final class AgentForm extends EntryForm {
    static final int LONGEST_MODEL = 100;

    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9._~-]{1,100}");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}");
    private static final Pattern DOCUMENT_ID = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final int MOST_ENTRIES = 200;
    private static final int MOST_SKILLS = 50;
    private static final int MOST_SERVERS = 20;

    AgentForm(Set<String> aliases) {
        super(form(Set.copyOf(aliases)), Set.of("slug"));
    }

    private static Form form(Set<String> aliases) {
        var texts = Rule.list(MOST_ENTRIES, Rule.text(1, 200));
        var rules = new LinkedHashMap<String, Rule>();
        rules.put("name", Rule.text(1, 100));
        rules.put("slug", Rule.pattern(SLUG, "1 to 100 letters, digits, dots, hyphens, underscores or tildes"));
        rules.put("description", Rule.text(0, 2_000));
        rules.put("systemPrompt", Rule.text(10, 50_000));
        rules.put("enabled", Rule.flag());
        rules.put("model", value -> modelComplaint(value, aliases));
        rules.put("temperature", Rule.number(0, 1));
        rules.put("topP", Rule.number(0, 1));
        rules.put("topK", Rule.whole(1, 500));
        rules.put("maxTokens", Rule.whole(1, 1_000_000));
        rules.put("thinkingBudget", Rule.whole(1_024, 1_000_000));
        rules.put("stopSequences", texts);
        rules.put("timeoutMs", Rule.whole(1_000, 3_600_000));
        rules.put("maxTurns", Rule.whole(1, 50));
        rules.put("allowedTools", texts);
        rules.put("disallowedTools", texts);
        rules.put("skills", Rule.list(MOST_SKILLS, Rule.pattern(DOCUMENT_ID, "a skill's id")));
        rules.put("mcpServers", Rule.list(MOST_SERVERS, Rule.pattern(DOCUMENT_ID, "an MCP server's id")));
        rules.put("metadata", Rule.object(20_000));
        return new Form(rules, Set.of("name", "systemPrompt"));
    }

    @Override
    protected List<FieldError> contradictions(JsonObject agent) {
        return isSet(agent, "temperature") && isSet(agent, "topP")
                ? List.of(new FieldError("temperature", "can't be set together with topP: current models refuse that"),
                        new FieldError("topP", "can't be set together with temperature: current models refuse that"))
                : List.of();
    }

    @Override
    protected JsonValue unset(String name) {
        return switch (name) {
            case "enabled" -> JsonValue.TRUE;
            case "skills", "mcpServers" -> JsonValue.EMPTY_JSON_ARRAY;
            default -> JsonValue.NULL;
        };
    }

    private static Optional<String> modelComplaint(JsonValue value, Set<String> aliases) {
        var known = value instanceof JsonString name && MODEL.matcher(name.getString()).matches()
                && (aliases.contains(name.getString()) || name.getString().contains("-"));
        return known
                ? Optional.empty()
                : Optional.of("has to be one of " + String.join(", ", aliases.stream().sorted().toList()) + " or a model's full id");
    }
}
