package org.claudeagentui.acceptance.standin;

import org.claudeagentui.acceptance.standin.http.EpochNanos;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Performs the steps of a script for one request. */
final class Player {
    private static final long SEED = 20_260_101;

    private final Wire wire;
    private final Reply reply;
    private final String toolIds;
    private int tools;

    Player(Wire wire, Reply reply, String toolIds) {
        this.wire = wire;
        this.reply = reply;
        this.toolIds = toolIds;
    }

    /**
     * Performs the steps and whatever is missing then of a complete answer.
     *
     * @throws SeveredException when the script ends the connection
     */
    void play(List<Step> steps) throws IOException, InterruptedException {
        for (Step step : steps) {
            if (!perform(step)) {
                return;
            }
        }
        reply.finish();
    }

    /** False when this was the answer's end. */
    private boolean perform(Step step) throws IOException, InterruptedException {
        switch (step) {
            case Step.Headers headers -> {
                wire.headers(headers.headers());
                reply.begin(headers.status(), headers.perByte());
            }
            case Step.Respond respond -> {
                wire.headers(respond.headers());
                wire.respond(respond.status(), "application/json", respond.body().getBytes(UTF_8));
                return false;
            }
            case Step.Delay delay -> wire.pause(delay.duration());
            case Step.MessageStart() -> reply.start();
            case Step.Text(Deltas deltas) -> tell(deltas, reply::text);
            case Step.Thinking thinking -> {
                tell(thinking.deltas(), reply::thinking);
                reply.signature(thinking.signature());
            }
            case Step.ToolUse tool -> {
                reply.toolUse(tool.id().orElseGet(this::nextToolId), tool.name());
                tell(tool.input(), reply::toolInput);
            }
            case Step.Ping() -> reply.ping();
            case Step.Event event -> reply.event(event.name(), event.data());
            case Step.StreamError(ApiError error) -> {
                reply.error(error);
                return false;
            }
            case Step.ReportUsage usage -> reply.report(usage);
            case Step.StopReason stop -> reply.stop(stop.reason(), stop.sequence());
            case Step.MessageStop() -> reply.stopMessage();
            case Step.Fragment(int bytes) -> wire.fragment(bytes);
            case Step.CutAfter(long bytes, boolean fromHere, Ending ending) -> wire.cutAfter(bytes, fromHere, ending);
            case Step.CutInside(String text, int bytes, Ending ending) -> wire.cutInside(text, bytes, ending);
            case Step.Garbage(int bytes, boolean framed) -> send("garbage", garbage(bytes), framed);
            case Step.Raw(String base64, boolean framed) -> send("raw", Base64.getDecoder().decode(base64), framed);
            case Step.Reset() -> wire.end(Ending.RESET, Duration.ZERO);
            case Step.Close() -> wire.end(Ending.CLOSE, Duration.ZERO);
            case Step.Stall(Duration limit) -> wire.end(Ending.STALL, limit);
        }
        return true;
    }

    private void tell(Deltas deltas, Telling telling) throws IOException, InterruptedException {
        Pacer pacer = new Pacer(deltas.pace(), wire);
        int index = 0;
        for (Iterator<String> pieces = deltas.pieces(); pieces.hasNext(); index++) {
            pacer.await();
            telling.tell(deltas.written(pieces.next(), index, EpochNanos.now()));
        }
    }

    private void send(String type, byte[] bytes, boolean framed) throws IOException, InterruptedException {
        if (framed) {
            reply.begin(200, Duration.ZERO);
            wire.send(type, bytes);
        } else {
            wire.sendUnframed(type, bytes);
        }
    }

    private String nextToolId() {
        tools++;
        return toolIds + tools;
    }

    /** The same nonsense each time, so that what it does can be repeated. */
    private static byte[] garbage(int length) {
        byte[] bytes = new byte[length];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }

    @FunctionalInterface
    private interface Telling {
        void tell(String delta) throws IOException, InterruptedException;
    }
}
