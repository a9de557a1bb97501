package org.claudeagentui.service.entries;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Form;
import org.claudeagentui.service.web.Jsons;
import org.claudeagentui.service.web.ProblemException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What clients may say of an entry, as the attributes that Strapi is to keep. */
public abstract class EntryForm {
    private final Form form;
    private final Set<String> lasting;

    /**
     * A form.
     *
     * @param form the members that there are
     * @param lasting the members that also a whole new entry leaves as they were where it doesn't name them
     */
    protected EntryForm(Form form, Set<String> lasting) {
        this.form = form;
        this.lasting = Set.copyOf(lasting);
    }

    /**
     * What is wrong with members taken together.
     *
     * @param entry the entry as it would be
     * @return what is wrong, nothing where each is right by itself
     */
    protected abstract List<FieldError> contradictions(JsonObject entry);

    /** What an attribute becomes when its member is unset. */
    protected JsonValue unset(String name) {
        return JsonValue.NULL;
    }

    /** Whether an entry has a member. */
    protected static boolean isSet(JsonObject entry, String name) {
        return entry.getOrDefault(name, JsonValue.NULL).getValueType() != ValueType.NULL;
    }

    /** The attributes of a whole entry: what isn't named is unset. */
    JsonObject whole(JsonObject sent) {
        refuseIfWrong(form.complaints(sent), sent);
        var attributes = Jsons.PROVIDER.createObjectBuilder();
        form.rules().keySet().stream().filter(name -> !lasting.contains(name)).forEach(name -> attributes.add(name, unset(name)));
        named(sent).forEach(attributes::add);
        return attributes.build();
    }

    /** The attributes of a change to an entry: what isn't named stays. */
    JsonObject change(JsonObject sent, JsonObject before) {
        var after = Jsons.PROVIDER.createObjectBuilder(before);
        sent.forEach(after::add);
        refuseIfWrong(form.complaintsOfChange(sent), after.build());
        return named(sent);
    }

    private void refuseIfWrong(List<FieldError> complaints, JsonObject entry) {
        var errors = new ArrayList<>(complaints);
        errors.addAll(contradictions(entry));
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private JsonObject named(JsonObject sent) {
        var attributes = Jsons.PROVIDER.createObjectBuilder();
        sent.forEach((name, value) -> attributes.add(name, value.getValueType() == ValueType.NULL ? unset(name) : value));
        return attributes.build();
    }
}
