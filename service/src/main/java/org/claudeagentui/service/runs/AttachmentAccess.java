package org.claudeagentui.service.runs;

import java.time.Duration;

/**
 * How runs come by their attachments.
 *
 * @param store where these lie
 * @param memory what they may take up in memory
 * @param patience how long a run waits for a store that is away
 */
record AttachmentAccess(AttachmentStore store, ByteBudget memory, Duration patience) {}
