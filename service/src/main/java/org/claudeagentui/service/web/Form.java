package org.claudeagentui.service.web;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The members that an object in a request may have. A null stands for a member that is to be unset.
 *
 * @param rules each member's rule, in the order in which complaints are listed
 * @param required the members that can't be unset
 */
public record Form(SequencedMap<String, Rule> rules, Set<String> required) {

    /** Keeps the required members from being changed. */
    public Form {
        required = Set.copyOf(required);
        if (!rules.keySet().containsAll(required)) {
            throw new IllegalArgumentException("Each required member needs a rule");
        }
    }

    /** What is wrong with an object that has to be complete. */
    public List<FieldError> complaints(JsonObject object) {
        var errors = new ArrayList<FieldError>();
        rules.keySet()
                .stream()
                .filter(required::contains)
                .filter(name -> !object.containsKey(name))
                .forEach(name -> errors.add(new FieldError(name, "is missing")));
        errors.addAll(complaintsOfChange(object));
        return errors;
    }

    /** What is wrong with an object that names only what is to be changed. */
    public List<FieldError> complaintsOfChange(JsonObject object) {
        var errors = new ArrayList<FieldError>();
        rules.forEach((name, rule) -> {
            var value = object.getOrDefault(name, JsonValue.NULL);
            if (value.getValueType() != ValueType.NULL) {
                rule.complaint(value).ifPresent(complaint -> errors.add(new FieldError(name, complaint)));
            } else if (object.containsKey(name) && required.contains(name)) {
                errors.add(new FieldError(name, "can't be unset"));
            }
        });
        object.keySet()
                .stream()
                .filter(name -> !rules.containsKey(name))
                .forEach(name -> errors.add(new FieldError(name, "is no field of this")));
        return errors;
    }
}
