package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;
import org.claudeagentui.service.web.Problem;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A store in memory, which may be away or fall silent when it is to hand a file over. */
final class FakeAttachmentStore implements AttachmentStore {

    private final Map<String, File> files = new ConcurrentSkipListMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final CountDownLatch silent = new CountDownLatch(1);
    private volatile Mood mood = Mood.WELL;

    /** How it is. */
    enum Mood {
        WELL, AWAY, SILENT
    }

    private record File(String name, AttachmentType type, String content) {}

    /** Keeps a file; its id. */
    String keep(String name, AttachmentType type, String latin1) {
        String id = String.valueOf(ids.incrementAndGet());
        files.put(id, new File(name, type, latin1));
        return id;
    }

    /** Has another file in the place of one. */
    void change(String id, String latin1) {
        files.computeIfPresent(id, (_, was) -> new File(was.name(), was.type(), latin1));
    }

    void forget(String id) {
        files.remove(id);
    }

    /** What the files are called that it has, the oldest first. */
    List<String> names() {
        return files.values().stream().map(File::name).toList();
    }

    void is(Mood now) {
        mood = now;
    }

    /** Waits until somebody waits for it while it is silent. */
    void awaitSomebodyWaiting() throws InterruptedException {
        if (!silent.await(5, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asked the store within 5 s");
        }
    }

    @Override
    public Visit open() {
        return new FakeVisit();
    }

    private final class FakeVisit implements Visit {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public Optional<StoredFile> find(String id, Deadline deadline) {
            return Optional.ofNullable(files.get(id))
                    .map(file -> new StoredFile(id, file.name(), file.type().mediaType(), bytes(file).length, Optional.of(
                            new AttachmentContent(bytes(file)).sha256()), ""));
        }

        @Override
        public String store(String name, AttachmentType type, AttachmentContent content, Deadline deadline) {
            return keep(name, type, new String(content.bytes(), StandardCharsets.ISO_8859_1));
        }

        @Override
        public void remove(String id) {
            files.remove(id);
        }

        @Override
        public boolean read(StoredFile file, Consumer<byte[]> pieces, Deadline deadline) {
            answer(deadline);
            Optional<byte[]> content = Optional.ofNullable(files.get(file.id())).map(FakeVisit::bytes);
            content.ifPresent(bytes -> {
                for (byte each : bytes) {
                    pieces.accept(new byte[]{each});
                }
            });
            return content.isPresent();
        }

        @Override
        public void close() {
            closed.countDown();
        }

        private static byte[] bytes(File file) {
            return file.content().getBytes(StandardCharsets.ISO_8859_1);
        }

        private void answer(Deadline deadline) {
            try {
                if (mood == Mood.SILENT) {
                    silent.countDown();
                    var _ = closed.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (mood != Mood.WELL) {
                throw new Away(Problem.unavailable("The store is " + mood + "."), new IllegalStateException("The store is " + mood));
            }
        }
    }
}
