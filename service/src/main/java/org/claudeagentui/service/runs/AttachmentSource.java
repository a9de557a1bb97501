package org.claudeagentui.service.runs;

/** How a client names a file that it attaches to a run. */
public sealed interface AttachmentSource {

    /**
     * One of Strapi's uploads.
     *
     * @param uploadId names it
     */
    record Uploaded(String uploadId) implements AttachmentSource {}

    /**
     * A file that comes with the request.
     *
     * @param name what it is called
     * @param type what it is
     * @param content all of it
     */
    record Inline(String name, AttachmentType type, AttachmentContent content) implements AttachmentSource {}
}
