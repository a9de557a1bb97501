package org.claudeagentui.service.security;

/** Where threads find the standing of the caller that they work for. */
final class Standings {
    static final ScopedValue<Standing> CURRENT = ScopedValue.newInstance();

    private Standings() {
    }
}
