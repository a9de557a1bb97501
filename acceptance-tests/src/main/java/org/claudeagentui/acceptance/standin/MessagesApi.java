package org.claudeagentui.acceptance.standin;

import org.claudeagentui.acceptance.standin.Recording.Outcome;
import org.claudeagentui.acceptance.standin.http.EpochNanos;
import org.claudeagentui.acceptance.standin.http.Exchange;
import org.claudeagentui.acceptance.standin.http.HttpRequest;
import org.claudeagentui.acceptance.standin.http.HungUpException;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import static java.util.concurrent.TimeUnit.SECONDS;

/** Answers as the Messages API does, by script. */
final class MessagesApi {
    private static final int LARGE_BYTES = 64 * 1024;
    private static final int LARGE_WAIT_SECONDS = 20;

    private final Scripts scripts;
    private final Journal journal;
    private final AtomicLong requests = new AtomicLong();
    private final Semaphore largeBodies = new Semaphore(1, true);

    MessagesApi(Scripts scripts, Journal journal) {
        this.scripts = scripts;
        this.journal = journal;
    }

    void handle(Exchange exchange) throws IOException, InterruptedException {
        HttpRequest request = exchange.request();
        long number = requests.incrementAndGet();
        String requestId = String.format("req_standin_%06d", number);
        Recording recording = new Recording(requestId, request.path(), request.secure(), withoutSecrets(request.headers()), request.body(),
                request.arrivedAt());
        journal.add(recording);
        exchange.onHangUp(recording::hungUp);
        Wire wire = new Wire(exchange, recording, requestId);
        Outcome outcome = Outcome.BROKEN;
        try {
            answer(request, recording, wire, number);
            outcome = Outcome.COMPLETED;
        } catch (SeveredException e) {
            outcome = e.outcome();
        } catch (HungUpException e) {
            outcome = Outcome.HUNG_UP;
            throw e;
        } finally {
            recording.ended(outcome, EpochNanos.now());
        }
    }

    private void answer(HttpRequest request, Recording recording, Wire wire, long number) throws IOException, InterruptedException {
        try {
            boolean countOnly = request.path().equals("/v1/messages/count_tokens");
            if (!countOnly && !request.path().equals("/v1/messages")) {
                throw new ApiException(ApiError.notFound("Not Found"));
            }
            if (!request.method().equals("POST")) {
                throw new ApiException(new ApiError(405, "invalid_request_error", "Method Not Allowed"));
            }
            String version = MessagesRequestReader.authenticate(request.headers());
            Part part = countOnly ? counted(request, version, recording) : cast(request, version, recording);
            if (countOnly) {
                wire.respond(200, "application/json", Json.bytes(Json.object().put("input_tokens", part.usage().inputTokens())));
            } else {
                play(part, recording, wire, number);
            }
        } catch (ApiException e) {
            wire.respond(e.error().status(), "application/json", Json.bytes(e.error().body(wire.requestId())));
        }
    }

    private Part counted(HttpRequest request, String version, Recording recording) throws ApiException, InterruptedException {
        return understand(request, version, true, recording, asked -> Part.of(asked, List.of()));
    }

    private Part cast(HttpRequest request, String version, Recording recording) throws ApiException, InterruptedException {
        return understand(request, version, false, recording, asked -> {
            Optional<Scripts.Chosen> chosen = scripts.choose(asked);
            recording.answeredBy(chosen.map(Scripts.Chosen::id).orElse("demo"));
            return Part.of(asked, chosen.map(found -> found.script().steps()).orElseGet(() -> DemoScript.answer(asked)));
        });
    }

    /** A large body's tree fills much of a small heap, so that there is one at a time, and none outlives the choice of a script. */
    private Part understand(HttpRequest request, String version, boolean countOnly, Recording recording,
            Function<MessagesRequest, Part> casting) throws ApiException, InterruptedException {
        boolean large = request.body().length > LARGE_BYTES;
        if (large && !largeBodies.tryAcquire(LARGE_WAIT_SECONDS, SECONDS)) {
            throw new ApiException(ApiError.ofType("overloaded_error", "The stand-in takes one large request at a time"));
        }
        try {
            MessagesRequest asked = MessagesRequestReader.read(request.body(), version, countOnly);
            recording.understood(asked);
            return casting.apply(asked);
        } finally {
            if (large) {
                largeBodies.release();
            }
        }
    }

    private static void play(Part part, Recording recording, Wire wire, long number) throws IOException, InterruptedException {
        Tally tally = new Tally(part.usage(), recording);
        String messageId = String.format("msg_standin_%06d", number);
        Reply reply = part.stream()
                ? new StreamedReply(wire, messageId, part.model(), tally)
                : new WholeReply(wire, messageId, part.model(), tally);
        new Player(wire, reply, String.format("toolu_standin_%06d_", number)).play(part.steps());
    }

    private static Map<String, String> withoutSecrets(Map<String, String> headers) {
        Map<String, String> kept = new TreeMap<>(headers);
        for (String name : List.of("x-api-key", "authorization", "proxy-authorization", "cookie")) {
            kept.computeIfPresent(name, (header, value) -> Fingerprint.of(value));
        }
        return kept;
    }

    /** What a request comes to. */
    private record Part(boolean stream, String model, Usage usage, List<Step> steps) {
        private static Part of(MessagesRequest asked, List<Step> steps) {
            return new Part(asked.stream(), asked.model(), asked.usage(), steps);
        }
    }
}
