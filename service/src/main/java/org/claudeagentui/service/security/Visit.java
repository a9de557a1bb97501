package org.claudeagentui.service.security;

/**
 * A request of somebody who was let in.
 *
 * @param identity who they are and by what
 * @param standing whether that still holds
 */
record Visit(Identity identity, Standing standing) {
    private static final ScopedValue<Visit> CURRENT = ScopedValue.newInstance();

    static Visit current() {
        if (!CURRENT.isBound()) {
            throw new IllegalStateException("Nobody is known to make this request");
        }
        return CURRENT.get();
    }

    void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(() -> identity.caller().run(standing, work));
    }
}
