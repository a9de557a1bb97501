package org.claudeagentui.service;

import org.claudeagentui.service.logging.Logs;
import org.claudeagentui.service.settings.InvalidSettings;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.settings.Settings.LogFormat;
import org.claudeagentui.service.settings.Settings.LogLevel;
import org.claudeagentui.service.settings.Settings.Logging;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.Security;
import java.util.Map;

/** Starts the service from its environment variables. */
public final class Main {
    private static final Path LOG_DIRECTORY = Path.of("logs");
    private static final int CONFIGURATION_ERROR = 78;

    private Main() {
    }

    static void main() {
        forgetAddressesSoon();
        try {
            var settings = Settings.from(Map.copyOf(System.getenv()));
            Logs.configure(settings.logging(), LOG_DIRECTORY);
            Service.start(settings);
        } catch (InvalidSettings e) {
            refuse(e);
        }
    }

    // A re-created container has another address, and the virtual machine would keep the old one for 30 s, an absence for 10 s.
    private static void forgetAddressesSoon() {
        Security.setProperty("networkaddress.cache.ttl", "2");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
    }

    private static void refuse(InvalidSettings refused) {
        Logs.configure(new Logging(LogLevel.INFO, LogFormat.JSON), LOG_DIRECTORY);
        var logger = System.getLogger(Main.class.getName());
        refused.refusals().forEach(refusal -> logger.log(Level.ERROR, "Not started. " + refusal));
        System.exit(CONFIGURATION_ERROR);
    }
}
