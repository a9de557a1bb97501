package org.claudeagentui.service.idempotency;

import jakarta.inject.Inject;
import org.claudeagentui.service.database.Database;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers requests that make something. One that brings a key makes it once, however often it is sent: within a day the same request gets
 * the first one's answer. Where a request failed, the next one with its key tries anew; where it never ended, since the service was killed,
 * the next one does after {@link #PATIENCE}, and is given the same id for what it makes, so that what was made after all is found.
 */
@Single
public final class KeyedAnswers {
    /** Longer than any request takes that makes something. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOGGER = System.getLogger(KeyedAnswers.class.getName());
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 24;

    private final Keys keys;
    private final SecureRandom random = new SecureRandom();

    /**
     * Made by the container.
     *
     * @param database where keys are kept
     */
    @Inject
    KeyedAnswers(Database database) {
        this.keys = new Keys(database.client());
    }

    /**
     * Answers a request.
     *
     * @param request the request, if it has a key
     * @param work makes what is asked for, given the id that it has to have; nothing leaves that to whoever makes it
     * @throws ProblemException if the key was another request's, or the first one with the key is still at work
     */
    public KeptAnswer once(Optional<KeyedRequest> request, Function<Optional<String>, KeptAnswer> work) {
        return request.isEmpty() ? work.apply(Optional.empty()) : once(request.get(), work);
    }

    private KeptAnswer once(KeyedRequest request, Function<Optional<String>, KeptAnswer> work) {
        return switch (keys.claim(request, newId(), PATIENCE)) {
            case Claim.Answered answered -> answered.answer();
            case Claim.Granted granted -> first(request, granted, work);
            case Claim.Busy _ -> throw new ProblemException(
                    Problem.atWork("The first request with this Idempotency-Key is still at work: try again in a moment."));
        };
    }

    private KeptAnswer first(KeyedRequest request, Claim.Granted claim, Function<Optional<String>, KeptAnswer> work) {
        KeptAnswer answer;
        try {
            answer = work.apply(Optional.of(claim.made()));
        } catch (RuntimeException e) {
            settle(() -> keys.release(request, claim.token()));
            throw e;
        }
        settle(() -> keys.answer(request, claim.token(), answer));
        return answer;
    }

    /** What was made is there, or is not, whether that can be written down or not: the next request with the key finds out. */
    private static void settle(Runnable note) {
        try {
            note.run();
        } catch (ProblemException e) {
            LOGGER.log(Level.WARNING, "What became of a request with an Idempotency-Key can''t be kept", e);
        }
    }

    /** An id as Strapi makes them. */
    private String newId() {
        var id = new StringBuilder(ID_LENGTH);
        for (var at = 0; at < ID_LENGTH; at++) {
            id.append(LETTERS.charAt(random.nextInt(at == 0 ? 26 : LETTERS.length())));
        }
        return id.toString();
    }
}
