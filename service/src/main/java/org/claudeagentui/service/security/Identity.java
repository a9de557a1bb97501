package org.claudeagentui.service.security;

/**
 * Who somebody is, and what showed it.
 *
 * @param caller who they are
 * @param email where the user gets mail
 * @param credential what they showed
 */
public record Identity(Caller caller, String email, Credential credential) {}
