package org.claudeagentui.service.skills;

import jakarta.json.JsonObject;
import org.claudeagentui.service.entries.EntryForm;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Form;
import org.claudeagentui.service.web.Rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** What clients may say of a skill. */
final class SkillForm extends EntryForm {
    static final int LONGEST_CATEGORY = 50;
    static final int LONGEST_LICENSE = 100;

    private static final int MOST_FIELDS = 50;
    private static final int LONGEST_FIELD = 2_000;
    private static final int MOST_TOOLS = 200;

    SkillForm() {
        super(form(), Set.of());
    }

    private static Form form() {
        var rules = new LinkedHashMap<String, Rule>();
        rules.put("name", Rule.text(1, 100));
        rules.put("displayName", Rule.text(0, 100));
        rules.put("description", Rule.text(0, 2_000));
        rules.put("content", Rule.text(0, 100_000));
        rules.put("category", Rule.text(1, LONGEST_CATEGORY));
        rules.put("version", Rule.text(1, 50));
        rules.put("license", Rule.text(1, LONGEST_LICENSE));
        rules.put("inputFields", Rule.sequence(MOST_FIELDS, Rule.object(LONGEST_FIELD)));
        rules.put("allowedTools", Rule.list(MOST_TOOLS, Rule.text(1, 200)));
        return new Form(rules, Set.of("name"));
    }

    @Override
    protected List<FieldError> contradictions(JsonObject skill) {
        return List.of();
    }
}
