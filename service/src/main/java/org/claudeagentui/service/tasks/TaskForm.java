package org.claudeagentui.service.tasks;

import jakarta.json.JsonObject;
import org.claudeagentui.service.entries.EntryForm;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Form;
import org.claudeagentui.service.web.Rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What clients may say of a task. */
final class TaskForm extends EntryForm {
    private static final Pattern DOCUMENT_ID = Pattern.compile("[A-Za-z0-9]{1,64}");

    TaskForm() {
        super(form(), Set.of());
    }

    private static Form form() {
        var rules = new LinkedHashMap<String, Rule>();
        rules.put("name", Rule.text(1, 100));
        rules.put("description", Rule.text(0, 2_000));
        rules.put("prompt", Rule.text(1, 100_000));
        rules.put("inputValues", InputValues.rule());
        rules.put("agent", Rule.pattern(DOCUMENT_ID, "an agent's id"));
        return new Form(rules, Set.of("name", "prompt", "agent"));
    }

    /** A prompt may be run with values that the task doesn't have. */
    @Override
    protected List<FieldError> contradictions(JsonObject task) {
        return List.of();
    }
}
