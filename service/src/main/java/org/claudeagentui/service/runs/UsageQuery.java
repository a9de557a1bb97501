package org.claudeagentui.service.runs;

import jakarta.ws.rs.core.MultivaluedMap;
import org.claudeagentui.service.security.Caller;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.ProblemException;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which usage is asked for.
 *
 * @param from the first day, in UTC
 * @param to the last day, in UTC
 * @param agentId of which agent alone; nothing means of all
 * @param userId of whose runs alone; nothing means of everybody's
 */
record UsageQuery(LocalDate from, LocalDate to, Optional<String> agentId, Optional<String> userId) {
    private static final Set<String> KNOWN = Set.of("from", "to", "agentId", "userId");
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 400;

    /**
     * Reads the parameters of an address.
     *
     * @throws ProblemException that names every parameter which is wrong
     */
    static UsageQuery of(MultivaluedMap<String, String> parameters, Clock clock) {
        List<FieldError> errors = new ArrayList<>();
        for (String unknown : new TreeSet<>(parameters.keySet())) {
            if (!KNOWN.contains(unknown)) {
                errors.add(new FieldError(unknown, "is not known here; known are from, to, agentId and userId"));
            }
        }
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        LocalDate to = day(parameters, "to", errors).orElse(today);
        LocalDate from = day(parameters, "from", errors).orElse(to.minusDays(USUAL_DAYS - 1L));
        if (errors.isEmpty() && from.isAfter(to)) {
            errors.add(new FieldError("from", "has to be no later than to"));
        }
        if (errors.isEmpty() && from.plusDays(MOST_DAYS).isBefore(to)) {
            errors.add(new FieldError("from", "has to be within " + MOST_DAYS + " days of to"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new UsageQuery(from, to, id(parameters, "agentId"), id(parameters, "userId"));
    }

    /** The same, of what a caller may see. */
    UsageQuery seenBy(Caller caller) {
        return new UsageQuery(from, to, agentId, caller.onlyOwner().or(() -> userId));
    }

    private static Optional<String> id(MultivaluedMap<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.getFirst(name)).filter(id -> !id.isBlank());
    }

    private static Optional<LocalDate> day(MultivaluedMap<String, String> parameters, String name, List<FieldError> errors) {
        String text = parameters.getFirst(name);
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 2000 && day.getYear() < 10_000) {
                return Optional.of(day);
            }
        } catch (DateTimeParseException e) {
            // Told below, as a year that is out of bounds is.
        }
        errors.add(new FieldError(name, "has to be a day such as 2026-01-31"));
        return Optional.empty();
    }
}
