package org.claudeagentui.service.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.wiring.Single;

import java.util.Optional;

/** Has every channel that there is listened to from when the database was first reached until the service ends. */
@Single
final class Listening {
    private final Settings.Database database;
    private final Instance<Channel> channels;
    private volatile Optional<Notifications> notifications = Optional.empty();

    @Inject
    Listening(Settings settings, Instance<Channel> channels) {
        this.database = settings.database();
        this.channels = channels;
    }

    void start(@Observes DatabaseReady ready) {
        var started = new Notifications(ConnectionAddress.source(database), channels.stream().toList());
        started.start();
        notifications = Optional.of(started);
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stopping) {
        notifications.ifPresent(Notifications::close);
    }
}
