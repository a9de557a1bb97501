package org.claudeagentui.service.settings;

import io.helidon.common.context.Contexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Hands the settings that the service was started with to whoever needs them. */
@ApplicationScoped
class CurrentSettings {

    @Produces
    @Singleton
    Settings settings() {
        return Contexts.globalContext()
                .get(Settings.class)
                .orElseThrow(() -> new IllegalStateException("Register the settings in the global context before the start"));
    }
}
