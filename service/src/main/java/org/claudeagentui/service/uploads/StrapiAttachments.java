package org.claudeagentui.service.uploads;

import jakarta.inject.Inject;
import org.claudeagentui.service.runs.AttachmentStore;
import org.claudeagentui.service.strapi.Uploads;
import org.claudeagentui.service.wiring.Single;

/** Keeps what is attached to runs among Strapi's uploads. */
@Single
final class StrapiAttachments implements AttachmentStore {
    private final Uploads uploads;

    @Inject
    StrapiAttachments(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public Visit open() {
        return new UploadVisit(uploads.open());
    }
}
