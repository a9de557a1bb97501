package org.claudeagentui.service.strapi;

import jakarta.json.JsonObject;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.HasProblem;
import org.claudeagentui.service.web.Problem;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Strapi didn't do what it was asked to. */
public sealed abstract class StrapiException extends RuntimeException implements HasProblem {
    private static final long serialVersionUID = 1;

    private static final Pattern MISSING = Pattern.compile("^Document with id \"(?<id>[^\"]*)\".* not found");

    private StrapiException(String message, Optional<Throwable> cause) {
        super(message, cause.orElse(null));
    }

    /** Strapi is away, too slow or broken; the same may succeed later. */
    public static final class Unavailable extends StrapiException {
        private static final long serialVersionUID = 1;

        Unavailable(String message, Throwable cause) {
            super(message, Optional.of(cause));
        }

        Unavailable(String message) {
            super(message, Optional.empty());
        }

        @Override
        public Problem problem() {
            return Problem.unavailable("The content store (Strapi) doesn't answer as it should: try again in a moment.");
        }
    }

    /** Strapi doesn't take the service's token; an operator has to see to it. */
    public static final class Unauthorized extends StrapiException {
        private static final long serialVersionUID = 1;

        Unauthorized(int status) {
            super("Strapi refuses the service's token (" + status + "): give both the same STRAPI_API_TOKEN and start them again",
                    Optional.empty());
        }

        @Override
        public Problem problem() {
            return Problem.unavailable("The content store (Strapi) refuses the service's token: see the service's log.");
        }
    }

    /** There is no such entry. */
    static final class NotFound extends StrapiException {
        private static final long serialVersionUID = 1;

        NotFound() {
            super("Strapi has no such entry", Optional.empty());
        }

        @Override
        public Problem problem() {
            return Problem.notFound("The content store has no such entry.");
        }
    }

    /** What was stored in secret was stored under another key. */
    public static final class Undecipherable extends StrapiException {
        private static final long serialVersionUID = 1;

        Undecipherable(String message) {
            super(message, Optional.empty());
        }

        @Override
        public Problem problem() {
            return Problem.conflict("The content store can't read a secret: " + getMessage(), List.of());
        }
    }

    /** What was to be written is not as it was expected to be. */
    public static final class Changed extends StrapiException {
        private static final long serialVersionUID = 1;

        /** The entry is another than the one that was expected. */
        public Changed() {
            super("Strapi has another state of the entry", Optional.empty());
        }

        @Override
        public Problem problem() {
            return Problem.changed("This is no longer what If-Match says it is: get it again, and send the change with its new ETag.",
                    List.of(new FieldError("If-Match", "names another state than the present one")));
        }
    }

    /** Whenever something was to be written, others had changed it since it was looked at. */
    public static final class Contended extends StrapiException {
        private static final long serialVersionUID = 1;

        Contended(Changed cause) {
            super("Others changed the entry whenever it was to be written", Optional.of(cause));
        }

        @Override
        public Problem problem() {
            return Problem.unavailable("Others are changing this at the same time: send the change again in a moment.");
        }
    }

    /** What was to be stored clashes with what is there. */
    public static final class Conflict extends StrapiException {
        private static final long serialVersionUID = 1;

        private final transient List<FieldError> errors;

        Conflict(List<FieldError> errors) {
            super("Strapi has such an entry already: " + errors, Optional.empty());
            this.errors = List.copyOf(errors);
        }

        @Override
        public Problem problem() {
            return Problem.conflict("There is such an entry already.", errors);
        }
    }

    /** What was to be stored isn't what Strapi's content type allows. */
    public static final class Invalid extends StrapiException {
        private static final long serialVersionUID = 1;

        private final String reason;
        private final transient List<FieldError> errors;

        Invalid(String reason, List<FieldError> errors) {
            super("Strapi refuses an entry: " + reason, Optional.empty());
            this.reason = Objects.requireNonNull(reason, "reason");
            this.errors = List.copyOf(errors);
        }

        /** Why, in Strapi's words. */
        public String reason() {
            return reason;
        }

        /** The same, as a wrong relation's fault where Strapi blames an entry that isn't there: it doesn't name the attribute. */
        Invalid blaming(List<String> relations, JsonObject attributes) {
            var missing = MISSING.matcher(reason);
            if (!errors.isEmpty() || !missing.find()) {
                return this;
            }
            var wrong = relations.stream()
                    .filter(it -> attributes.containsKey(it) && attributes.get(it).toString().contains('"' + missing.group("id") + '"'))
                    .map(it -> new FieldError(it, "names an entry that isn't there"))
                    .toList();
            return new Invalid(reason, wrong);
        }

        @Override
        public Problem problem() {
            return errors.isEmpty()
                    ? Problem.of("invalid", 422, "Not accepted", "The content store refuses this: " + reason)
                    : Problem.invalid(errors);
        }
    }
}
