package org.claudeagentui.service.runs;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.ProblemException;

import java.util.ArrayList;
import java.util.List;

/** Reads what a client wants run. */
final class RunBody {

    private final JsonObject body;

    RunBody(JsonObject body) {
        this.body = body;
    }

    /**
     * The texts with those names.
     *
     * @throws ProblemException naming those that are missing or no text, and all other members
     */
    List<String> texts(String... names) {
        List<String> known = List.of(names);
        var errors = new ArrayList<FieldError>();
        body.keySet().stream().filter(name -> !known.contains(name)).forEach(name -> errors.add(new FieldError(name, "is not known here")));
        known.stream()
                .filter(name -> !(body.get(name) instanceof JsonString))
                .forEach(name -> errors.add(new FieldError(name, "must be a text")));
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return known.stream().map(body::getString).toList();
    }
}
