package org.claudeagentui.service.security;

/** Fired when a token or a session was revoked, or may have been: whoever serves somebody for long is to look at their {@link Standing}. */
public record Revoked() {}
