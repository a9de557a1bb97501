package org.claudeagentui.service.runs;

import java.util.Objects;
import java.util.Optional;

/**
 * A file that the model is given with a run's input. It lies in Strapi's uploads.
 *
 * @param id names the upload
 * @param name what it is called
 * @param type what it is
 * @param size how many bytes it has
 * @param sha256 tells whether it is still the one that was attached; nothing where nobody knew it then
 */
public record Attachment(String id, String name, AttachmentType type, long size, Optional<String> sha256) {

    /** Refuses missing parts. */
    public Attachment {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(sha256, "sha256");
    }

    long weight() {
        return type.weight(size);
    }
}
