package org.claudeagentui.service.uploads;

import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.Deadline;
import org.claudeagentui.service.runs.AttachmentContent;
import org.claudeagentui.service.runs.AttachmentStore;
import org.claudeagentui.service.runs.AttachmentType;
import org.claudeagentui.service.strapi.StrapiException;
import org.claudeagentui.service.strapi.UploadCalls;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Calls at Strapi's uploads, in the words of runs. */
final class UploadVisit implements AttachmentStore.Visit {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration TRANSFER = Duration.ofSeconds(30);

    private final UploadCalls calls;

    UploadVisit(UploadCalls calls) {
        this.calls = calls;
    }

    @Override
    public Optional<AttachmentStore.StoredFile> find(String id, Deadline deadline) throws AttachmentStore.Refused {
        Optional<JsonObject> known = asked(() -> calls.find(id, within(ANSWER, deadline)));
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var path = known.get().getString("url", "");
        if (!UploadCalls.isReadable(path)) {
            throw new AttachmentStore.Refused("lies outside of Strapi, where the service doesn't read");
        }
        OptionalLong size = asked(() -> calls.size(path, within(ANSWER, deadline)));
        return size.isEmpty() ? Optional.empty() : Optional.of(file(id, known.get(), path, size.getAsLong()));
    }

    private static AttachmentStore.StoredFile file(String id, JsonObject known, String path, long size) {
        var hash = known.get("provider_metadata") instanceof JsonObject metadata
                ? Optional.ofNullable(metadata.getString("sha256", null))
                : Optional.<String>empty();
        return new AttachmentStore.StoredFile(id, known.getString("name", id), known.getString("mime", "unknown"), size, hash, path);
    }

    /** Under a name that nobody can guess, for whoever knows an upload's address may read it. */
    @Override
    public String store(String name, AttachmentType type, AttachmentContent content, Deadline deadline) throws AttachmentStore.Refused {
        try {
            JsonObject stored = asked(() -> calls.store("attachment-" + UUID.randomUUID() + type.extension(), name, type.mediaType(),
                    content.bytes(), within(TRANSFER, deadline)));
            return stored.getJsonNumber("id").toString();
        } catch (StrapiException.Invalid e) {
            throw new AttachmentStore.Refused("is not taken by the content store (Strapi): " + e.reason());
        }
    }

    @Override
    public void remove(String id) {
        asked(() -> {
            calls.remove(id, ANSWER);
            return true;
        });
    }

    @Override
    public boolean read(AttachmentStore.StoredFile file, Consumer<byte[]> pieces, Deadline deadline) {
        return asked(() -> calls.read(file.path(), pieces, within(TRANSFER, deadline)));
    }

    @Override
    public void close() {
        calls.close();
    }

    private static <T> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (StrapiException.Unavailable | StrapiException.Unauthorized e) {
            throw new AttachmentStore.Away(e.problem(), e);
        }
    }

    private static Duration within(Duration patience, Deadline deadline) {
        Duration left = deadline.remaining();
        return left.compareTo(patience) < 0 ? left : patience;
    }
}
