package org.claudeagentui.service.security;

import jakarta.json.JsonObject;
import org.claudeagentui.service.web.Form;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.web.Rule;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/** What clients may say of sessions and tokens. */
final class SessionForm {
    private static final int LONGEST_PASSWORD = 72;
    private static final int SHORTEST_PASSWORD = 10;
    private static final int MOST_DAYS = 3650;

    static final Form SIGN_IN = form("identifier", Rule.text(1, 320), "password", Rule.text(1, 1000));
    static final Form PASSWORD = form("currentPassword", Rule.text(1, 1000), "newPassword",
            Rule.text(SHORTEST_PASSWORD, LONGEST_PASSWORD).and(Rule.bytes(LONGEST_PASSWORD)));
    static final Form TOKEN = new Form(rules("name", Rule.text(1, 100), "expiresInDays", Rule.whole(1, MOST_DAYS)),
            Set.of("name"));

    private SessionForm() {
    }

    /**
     * Has a body be what the form says.
     *
     * @throws ProblemException naming all that is wrong
     */
    static JsonObject checked(Form form, JsonObject body) {
        var errors = form.complaints(body);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return body;
    }

    private static Form form(String first, Rule ofFirst, String second, Rule ofSecond) {
        return new Form(rules(first, ofFirst, second, ofSecond), Set.of(first, second));
    }

    private static SequencedMap<String, Rule> rules(String first, Rule ofFirst, String second, Rule ofSecond) {
        var rules = new LinkedHashMap<String, Rule>();
        rules.put(first, ofFirst);
        rules.put(second, ofSecond);
        return rules;
    }
}
