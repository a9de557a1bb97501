package org.claudeagentui.service.security;

import java.time.Instant;
import java.util.Optional;

/**
 * An API token, without its text.
 *
 * @param id names it
 * @param name what its owner calls it
 * @param createdAt when it was made
 * @param usedAt when it was last used, give or take five minutes
 * @param expiresAt when it runs out
 */
record TokenEntry(String id, String name, Instant createdAt, Optional<Instant> usedAt, Optional<Instant> expiresAt) {}
