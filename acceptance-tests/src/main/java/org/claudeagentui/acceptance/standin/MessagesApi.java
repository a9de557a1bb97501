package org.claudeagentui.acceptance.standin;

import org.claudeagentui.acceptance.standin.Recording.Outcome;
import org.claudeagentui.acceptance.standin.http.EpochNanos;
import org.claudeagentui.acceptance.standin.http.Exchange;
import org.claudeagentui.acceptance.standin.http.HttpRequest;
import org.claudeagentui.acceptance.standin.http.HungUpException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Answers as the Messages API does, by script. */
final class MessagesApi {
    private final Scripts scripts;
    private final Journal journal;
    private final AtomicLong requests = new AtomicLong();

    MessagesApi(Scripts scripts, Journal journal) {
        this.scripts = scripts;
        this.journal = journal;
    }

    void handle(Exchange exchange) throws IOException, InterruptedException {
        HttpRequest request = exchange.request();
        long number = requests.incrementAndGet();
        String requestId = String.format("req_standin_%06d", number);
        Recording recording = new Recording(requestId, request.path(), request.secure(), withoutSecrets(request.headers()), request.body(),
                isJson(request.body()), request.arrivedAt());
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
            MessagesRequest asked = MessagesRequestReader.read(request.body(), version, countOnly);
            recording.understood(asked);
            if (countOnly) {
                wire.respond(200, "application/json", Json.bytes(Json.object().put("input_tokens", asked.usage().inputTokens())));
            } else {
                play(asked, recording, wire, number);
            }
        } catch (ApiException e) {
            wire.respond(e.error().status(), "application/json", Json.bytes(e.error().body(wire.requestId())));
        }
    }

    private void play(MessagesRequest asked, Recording recording, Wire wire, long number) throws IOException, InterruptedException {
        Optional<Scripts.Chosen> chosen = scripts.choose(asked);
        recording.answeredBy(chosen.map(Scripts.Chosen::id).orElse("demo"));
        List<Step> steps = chosen.map(found -> found.script().steps()).orElseGet(() -> DemoScript.answer(asked));
        Tally tally = new Tally(asked, recording);
        String messageId = String.format("msg_standin_%06d", number);
        Reply reply = asked.stream()
                ? new StreamedReply(wire, messageId, asked.model(), tally)
                : new WholeReply(wire, messageId, asked.model(), tally);
        new Player(wire, reply, String.format("toolu_standin_%06d_", number)).play(steps);
    }

    private static boolean isJson(byte[] body) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return !Json.parse(body).isMissingNode();
        } catch (CharacterCodingException e) {
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** A key is kept as its SHA-256, so that a test can tell which one came without the key being kept anywhere. */
    private static Map<String, String> withoutSecrets(Map<String, String> headers) {
        Map<String, String> kept = new TreeMap<>(headers);
        for (String name : List.of("x-api-key", "authorization", "proxy-authorization", "cookie")) {
            kept.computeIfPresent(name, (header, value) -> "sha256:" + sha256(value));
        }
        return kept;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
