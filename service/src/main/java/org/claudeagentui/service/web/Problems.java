package org.claudeagentui.service.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.ws.rs.WebApplicationException;
import org.claudeagentui.service.logging.LogContext;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a client is told of an exception, whichever way it came. */
public final class Problems {
    private static final Logger LOGGER = System.getLogger(Problems.class.getName());
    /** How to sign in, as far as HTTP has words for it. */
    static final String CHALLENGE = "Bearer realm=\"claude-agent-ui\"";

    private static final int MOST_CAUSES = 10;

    private Problems() {
    }

    /** Finds the problem that an exception stands for; one that stands for none is logged, since nobody else will see it. */
    static Problem of(Throwable thrown) {
        var cause = thrown;
        for (var depth = 0; depth < MOST_CAUSES; depth++) {
            var problem = known(cause);
            if (problem.isPresent()) {
                return problem.get();
            }
            var deeper = cause.getCause();
            if (deeper == null) {
                break;
            }
            cause = deeper;
        }
        LOGGER.log(Level.ERROR, "A request failed", thrown);
        return Problem.internal();
    }

    static void send(ServerRequest request, ServerResponse response, Problem problem) {
        var id = RequestId.of(request);
        AllowedOrigin.tell(request, response);
        response.status(Status.create(problem.status(), problem.title()))
                .header(RequestId.HEADER, id.value())
                .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        if (problem.status() == 401) {
            response.header(HeaderNames.WWW_AUTHENTICATE, CHALLENGE);
        }
        problem.retryAfter().ifPresent(seconds -> response.header(HeaderNames.RETRY_AFTER, String.valueOf(seconds)));
        response.send(problem.toJson(id.value()).toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Answers a request with what a client is told of an exception. A filter that lets one out instead would have no say in what
     * becomes of the connection.
     */
    public static void handle(ServerRequest request, ServerResponse response, Throwable thrown) {
        LogContext.withRequest(RequestId.of(request).value(),
                () -> send(request, response, of(thrown)));
    }

    private static Optional<Problem> known(Throwable thrown) {
        return switch (thrown) {
            case HasProblem known -> Optional.of(known.problem());
            case WebApplicationException known -> Optional.of(known.getResponse().getStatus())
                    .filter(status -> status < 500)
                    .map(Problems::ofStatus);
            case HttpException known -> Optional.of(known.status().code())
                    .filter(status -> status >= 400 && status < 500)
                    .map(Problems::ofStatus);
            default -> Optional.empty();
        };
    }

    /** The problem of a status that the server or Jersey gave without more words. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> Problem.notFound("There is nothing at this address.");
            case 405 -> Problem.methodNotAllowed("This address doesn't take this method: see the header Allow.");
            case 406 -> Problem.of("not-acceptable", 406, "Not acceptable", "Answers are application/json: accept that.");
            case 413 -> Problem.tooLarge("The body is larger than this service takes.");
            case 414 -> Problem.of("address-too-long", 414, "Address too long", "Move the data from the address into the body.");
            case 415 -> Problem.unsupportedMediaType("Send application/json.");
            default -> status >= 400 && status < 500
                    ? Problem.of("bad-request", status, "The request can't be understood",
                            "Check its address, its query and its headers.")
                    : Problem.internal();
        };
    }
}
