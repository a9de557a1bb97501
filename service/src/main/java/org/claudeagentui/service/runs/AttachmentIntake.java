package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.ProblemException;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sees to it that what is attached to a run lies in the store before the run is accepted. */
final class AttachmentIntake {

    /** Less than the 32 MB of a request to the Messages API, by what an input, a system prompt, tools and further turns need. */
    static final long MOST_WEIGHT = 28_000_000;

    private static final Logger LOGGER = System.getLogger(AttachmentIntake.class.getName());
    /** Whoever asks for a run waits so long for an answer, and nginx not much longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final AttachmentStore store;

    AttachmentIntake(AttachmentStore store) {
        this.store = store;
    }

    /**
     * What was taken in.
     *
     * @param attachments all of them
     * @param stored the ids of those that were not in the store before
     */
    record Taken(List<Attachment> attachments, List<String> stored) {
        private static final Taken NOTHING = new Taken(List.of(), List.of());

        Taken {
            attachments = List.copyOf(attachments);
            stored = List.copyOf(stored);
        }
    }

    /**
     * Looks up what is uploaded, and stores what came with the request.
     *
     * @throws ProblemException naming those that can't be attached; nothing is left in the store then
     * @throws AttachmentStore.Away when the store can't be asked; what was stored until then is removed if it can be
     */
    Taken take(List<AttachmentSource> sources) {
        if (sources.isEmpty()) {
            return Taken.NOTHING;
        }
        var stored = new ArrayList<String>();
        Deadline deadline = Deadline.after(PATIENCE);
        try (AttachmentStore.Visit visit = store.open()) {
            List<Attachment> found = found(visit, sources, deadline);
            var attachments = new ArrayList<Attachment>();
            for (int i = 0; i < sources.size(); i++) {
                Attachment attachment = sources.get(i) instanceof AttachmentSource.Inline inline
                        ? stored(visit, inline, found.get(i), path(i) + ".data", deadline)
                        : found.get(i);
                if (sources.get(i) instanceof AttachmentSource.Inline) {
                    stored.add(attachment.id());
                }
                attachments.add(attachment);
            }
            return new Taken(attachments, stored);
        } catch (RuntimeException e) {
            remove(stored);
            throw e;
        }
    }

    /** Removes what was stored for a run that is not accepted after all. */
    void putBack(Taken taken) {
        remove(taken.stored());
    }

    private void remove(List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        try (AttachmentStore.Visit visit = store.open()) {
            ids.forEach(visit::remove);
        } catch (AttachmentStore.Away e) {
            LOGGER.log(Level.WARNING, "The uploads {0} belong to no run and can''t be removed: {1}", ids, e.getMessage());
        }
    }

    /** All of them as they are, or will be; those that are to be stored have no id yet. */
    private static List<Attachment> found(AttachmentStore.Visit visit, List<AttachmentSource> sources, Deadline deadline) {
        var errors = new ArrayList<FieldError>();
        var found = new ArrayList<Attachment>();
        for (int i = 0; i < sources.size(); i++) {
            switch (sources.get(i)) {
                case AttachmentSource.Inline(String name, AttachmentType type, AttachmentContent content) ->
                    found.add(new Attachment("", name, type, content.bytes().length, Optional.of(content.sha256())));
                case AttachmentSource.Uploaded(String id) -> found(visit, id, path(i) + ".uploadId", errors, deadline).ifPresent(
                        found::add);
            }
        }
        long weight = found.stream().mapToLong(Attachment::weight).sum();
        if (weight > MOST_WEIGHT) {
            errors.add(new FieldError("attachments", "have " + weight + " bytes together as the model is sent them, and may have "
                    + MOST_WEIGHT));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return found;
    }

    private static Optional<Attachment> found(AttachmentStore.Visit visit, String id, String path, List<FieldError> errors,
            Deadline deadline) {
        try {
            Optional<AttachmentStore.StoredFile> file = visit.find(id, deadline);
            Optional<AttachmentType> type = file.map(AttachmentStore.StoredFile::mediaType).flatMap(AttachmentType::of);
            if (file.isEmpty()) {
                errors.add(new FieldError(path, "names no upload, or one whose file is gone"));
            } else if (type.isEmpty()) {
                errors.add(new FieldError(path, "names an upload of the type " + file.get().mediaType() + ", and not of "
                        + AttachmentType.names()));
            } else if (file.get().size() > type.get().mostBytes() || file.get().size() == 0) {
                errors.add(new FieldError(path, "names an upload of " + file.get().size() + " bytes, and not of 1 to " + type.get()
                        .mostBytes()));
            } else {
                return Optional.of(new Attachment(id, file.get().name(), type.get(), file.get().size(), file.get().sha256()));
            }
        } catch (AttachmentStore.Refused e) {
            errors.add(new FieldError(path, "names an upload that " + e.reason()));
        }
        return Optional.empty();
    }

    private static Attachment stored(AttachmentStore.Visit visit, AttachmentSource.Inline inline, Attachment found, String path,
            Deadline deadline) {
        try {
            String id = visit.store(inline.name(), inline.type(), inline.content(), deadline);
            return new Attachment(id, found.name(), found.type(), found.size(), found.sha256());
        } catch (AttachmentStore.Refused e) {
            throw ProblemException.invalid(List.of(new FieldError(path, e.reason())));
        }
    }

    private static String path(int index) {
        return "attachments[" + index + "]";
    }
}
