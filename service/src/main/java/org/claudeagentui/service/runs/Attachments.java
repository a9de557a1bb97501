package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;
import org.claudeagentui.service.claude.MessageBlock;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The attachments of a run that is at work, in memory. Closing them gives their memory to others. */
final class Attachments implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(Attachments.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final List<MessageBlock> blocks;
    private final Optional<ByteBudget.Share> memory;

    private Attachments(List<MessageBlock> blocks, Optional<ByteBudget.Share> memory) {
        this.blocks = List.copyOf(blocks);
        this.memory = memory;
    }

    /**
     * Fetches a run's attachments, which may have to wait for others to give memory back.
     *
     * @param earlier the files of earlier messages: in the place of one that is missing the model is told so
     * @param own the run's own
     * @throws RunFailure when one of its own is missing, or any is not what it was or can't be had in time
     * @throws CancellationException when the run is to stop
     */
    static Attachments fetch(AttachmentAccess access, List<Attachment> earlier, List<Attachment> own, StopSignal stop, Deadline deadline)
            throws RunFailure, InterruptedException {
        if (earlier.isEmpty() && own.isEmpty()) {
            return new Attachments(List.of(), Optional.empty());
        }
        ByteBudget.Share memory = access.memory().take(Stream.concat(earlier.stream(), own.stream()).mapToLong(Attachment::weight).sum());
        try {
            await(memory, stop, deadline);
            return new Attachments(new Fetch(access, stop, deadline).all(earlier, own), Optional.of(memory));
        } catch (RunFailure | InterruptedException | RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    private static void await(ByteBudget.Share memory, StopSignal stop, Deadline deadline) throws RunFailure, InterruptedException {
        try (var _ = stop.closes(memory::close)) {
            memory.granted().get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new RunFailure(RunErrors.timedOut("Its time was up before other runs left memory enough for its attachments."));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the model is given them, in their order. */
    List<MessageBlock> blocks() {
        return blocks;
    }

    @Override
    public void close() {
        memory.ifPresent(ByteBudget.Share::close);
    }

    private record Fetch(AttachmentAccess access, StopSignal stop, Deadline deadline) {

        List<MessageBlock> all(List<Attachment> earlier, List<Attachment> own) throws RunFailure, InterruptedException {
            Deadline patience = Deadline.after(access.patience());
            var blocks = new ArrayList<MessageBlock>();
            try (AttachmentStore.Visit visit = access.store().open(); var _ = stop.closes(visit::close)) {
                for (Attachment attachment : earlier) {
                    blocks.add(one(visit, attachment, patience).orElseGet(() -> deleted(attachment)));
                }
                for (Attachment attachment : own) {
                    blocks.add(one(visit, attachment, patience).orElseThrow(() -> missing(attachment)));
                }
            }
            return blocks;
        }

        /** The file as the model is given it; nothing when there is none any more. */
        private Optional<MessageBlock> one(AttachmentStore.Visit visit, Attachment attachment, Deadline patience) throws RunFailure,
                InterruptedException {
            for (boolean first = true;; first = false) {
                try {
                    return once(visit, attachment);
                } catch (AttachmentStore.Refused e) {
                    throw new RunFailure(RunErrors.attachment(attachment, e.reason() + "."));
                } catch (AttachmentStore.Away e) {
                    giveUpIfDue(attachment, patience, e);
                    LOGGER.log(first ? Level.WARNING : Level.DEBUG, "The attachment {0} can''t be fetched yet, trying again: {1}",
                            attachment.id(), e
                                    .getMessage());
                    stop.await(PAUSE);
                }
            }
        }

        private Optional<MessageBlock> once(AttachmentStore.Visit visit, Attachment attachment) throws RunFailure, AttachmentStore.Refused {
            Optional<AttachmentStore.StoredFile> file = visit.find(attachment.id(), deadline);
            var reader = new AttachmentReader(attachment);
            return file.isPresent() && visit.read(file.get(), reader::take, deadline) ? Optional.of(reader.block()) : Optional.empty();
        }

        private void giveUpIfDue(Attachment attachment, Deadline patience, AttachmentStore.Away away) throws RunFailure {
            if (stop.reason().isPresent()) {
                throw new CancellationException("the run is to stop");
            }
            if (deadline.passed()) {
                throw new RunFailure(RunErrors.timedOut("Its time was up before its attachments were fetched."));
            }
            if (patience.passed()) {
                throw new RunFailure(RunErrors.attachment(attachment, "can't be fetched: " + away.problem().detail()));
            }
        }

        private static MessageBlock deleted(Attachment attachment) {
            return new MessageBlock.Text("(The file \"" + attachment.name() + "\" was attached here. It has been deleted since.)");
        }

        private static RunFailure missing(Attachment attachment) {
            return new RunFailure(RunErrors.attachment(attachment, "is missing: it was deleted after the run was accepted."));
        }
    }
}
