package org.claudeagentui.service;

import io.helidon.common.context.Contexts;
import io.helidon.config.mp.MpConfigSources;
import io.helidon.microprofile.server.Server;
import org.claudeagentui.service.settings.Settings;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;

/** The running service. There can be one in a process at a time. */
public final class Service implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Service.class.getName());

    private final Server server;

    private Service(Server server) {
        this.server = server;
    }

    /**
     * Starts listening. What the service depends on may come later: {@code /health/ready} tells.
     *
     * @param settings what the operator set
     * @return the service, listening
     */
    public static Service start(Settings settings) {
        Contexts.globalContext().register(settings);
        var address = MpConfigSources.create(Map.of("server.host", settings.http().host(), "server.port", "" + settings.http().port()));
        var config = ConfigProviderResolver.instance()
                .getBuilder()
                .addDefaultSources()
                .addDiscoveredConverters()
                .withSources(address)
                .build();
        var service = new Service(Server.builder().config(config).build().start());
        LOGGER.log(Level.INFO, () -> "Listening on %s:%d, revision %s, demo mode %s".formatted(settings.http().host(), service.port(),
                settings.revision(), settings.demoMode() ? "on" : "off"));
        return service;
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Ends what is under way, within the grace period, and stops listening. */
    @Override
    public void close() {
        server.stop();
    }
}
