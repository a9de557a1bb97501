package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a command prints, while the engine passes it on. */
final class FrameOutput extends ResultCallback.Adapter<Frame> {
    private final List<byte[]> out = new ArrayList<>();
    private final List<byte[]> err = new ArrayList<>();

    @Override
    public synchronized void onNext(Frame frame) {
        // The client reads the next piece into the same array.
        (frame.getStreamType() == StreamType.STDERR ? err : out).add(frame.getPayload().clone());
    }

    boolean awaitEnd(Duration deadline) {
        try {
            return awaitCompletion(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a command's output was read", e);
        }
    }

    synchronized String out() {
        return text(out);
    }

    synchronized String err() {
        return text(err);
    }

    private static String text(List<byte[]> pieces) {
        int length = pieces.stream().mapToInt(piece -> piece.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return new String(all, StandardCharsets.UTF_8);
    }
}
