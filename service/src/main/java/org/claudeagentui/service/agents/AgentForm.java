package org.claudeagentui.service.agents;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Form;
import org.claudeagentui.service.web.Jsons;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.web.Rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What clients may say of an agent. */
final class AgentForm {
    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9._~-]{1,100}");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}");
    private static final Pattern DOCUMENT_ID = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final int MOST_ENTRIES = 200;
    private static final int MOST_SKILLS = 50;

    private final Form form;
    private final Set<String> aliases;

    AgentForm(Set<String> aliases) {
        this.aliases = Set.copyOf(aliases);
        var texts = Rule.list(MOST_ENTRIES, Rule.text(1, 200));
        var rules = new LinkedHashMap<String, Rule>();
        rules.put("name", Rule.text(1, 100));
        rules.put("slug", Rule.pattern(SLUG, "1 to 100 letters, digits, dots, hyphens, underscores or tildes"));
        rules.put("description", Rule.text(0, 2_000));
        rules.put("systemPrompt", Rule.text(10, 50_000));
        rules.put("enabled", Rule.flag());
        rules.put("model", this::modelComplaint);
        rules.put("temperature", Rule.number(0, 1));
        rules.put("topP", Rule.number(0, 1));
        rules.put("topK", Rule.whole(1, 500));
        rules.put("maxTokens", Rule.whole(1, 1_000_000));
        rules.put("thinkingBudget", Rule.whole(1_024, 1_000_000));
        rules.put("stopSequences", texts);
        rules.put("timeoutMs", Rule.whole(1_000, 3_600_000));
        rules.put("allowedTools", texts);
        rules.put("disallowedTools", texts);
        rules.put("skills", Rule.list(MOST_SKILLS, Rule.pattern(DOCUMENT_ID, "a skill's id")));
        rules.put("metadata", Rule.object(20_000));
        this.form = new Form(rules, Set.of("name", "systemPrompt"));
    }

    /** The attributes of a whole agent: what isn't named is unset. */
    JsonObject whole(JsonObject sent) {
        refuseIfWrong(form.complaints(sent), sent);
        var attributes = Jsons.PROVIDER.createObjectBuilder();
        form.rules().keySet().stream().filter(name -> !name.equals("slug")).forEach(name -> attributes.add(name, unset(name)));
        named(sent).forEach(attributes::add);
        return attributes.build();
    }

    /** The attributes of a change to an agent: what isn't named stays. */
    JsonObject change(JsonObject sent, JsonObject before) {
        var after = Jsons.PROVIDER.createObjectBuilder(before);
        sent.forEach(after::add);
        refuseIfWrong(form.complaintsOfChange(sent), after.build());
        return named(sent);
    }

    private static void refuseIfWrong(List<FieldError> complaints, JsonObject agent) {
        var errors = new ArrayList<>(complaints);
        if (isSet(agent, "temperature") && isSet(agent, "topP")) {
            errors.add(new FieldError("temperature", "can't be set together with topP: current models refuse that"));
            errors.add(new FieldError("topP", "can't be set together with temperature: current models refuse that"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private static boolean isSet(JsonObject agent, String name) {
        return agent.getOrDefault(name, JsonValue.NULL).getValueType() != ValueType.NULL;
    }

    private static JsonObject named(JsonObject sent) {
        var attributes = Jsons.PROVIDER.createObjectBuilder();
        sent.forEach((name, value) -> attributes.add(name, value.getValueType() == ValueType.NULL ? unset(name) : value));
        return attributes.build();
    }

    private static JsonValue unset(String name) {
        return switch (name) {
            case "enabled" -> JsonValue.TRUE;
            case "skills" -> JsonValue.EMPTY_JSON_ARRAY;
            default -> JsonValue.NULL;
        };
    }

    private Optional<String> modelComplaint(JsonValue value) {
        var known = value instanceof JsonString name && MODEL.matcher(name.getString()).matches()
                && (aliases.contains(name.getString()) || name.getString().contains("-"));
        return known
                ? Optional.empty()
                : Optional.of("has to be one of " + String.join(", ", aliases.stream().sorted().toList()) + " or a model's full id");
    }
}
