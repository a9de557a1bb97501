package org.claudeagentui.service.tasks;

import jakarta.json.JsonObject;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Form;
import org.claudeagentui.service.web.ProblemException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A client's wish to have a task run.
 *
 * @param task the task
 * @param body what the client says of it
 */
record TaskOrder(Task task, JsonObject body) {
    private static final String VALUES = "inputValues";
    private static final Form FORM = new Form(new LinkedHashMap<>(Map.of(VALUES, InputValues.rule())), Set.of());

    /**
     * What the agent is given.
     *
     * @throws ProblemException naming each value that is wrong, or missing, or that the prompt has no place for
     */
    String prompt() {
        List<FieldError> errors = new ArrayList<>(FORM.complaints(body));
        refuse(errors);
        var template = new PromptTemplate(task.prompt());
        Map<String, String> own = body.get(VALUES) instanceof JsonObject sent ? InputValues.texts(sent) : Map.of();
        var values = new LinkedHashMap<>(InputValues.texts(task.inputValues()));
        values.putAll(own);
        own.keySet()
                .stream()
                .filter(name -> !template.names().contains(name))
                .forEach(name -> errors.add(new FieldError(VALUES + "." + name, "is no placeholder of the prompt")));
        template.names()
                .stream()
                .filter(name -> !values.containsKey(name))
                .forEach(name -> errors.add(new FieldError(VALUES + "." + name, "is missing: the prompt has a placeholder for it")));
        refuse(errors);
        return template.filled(values);
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }
}
