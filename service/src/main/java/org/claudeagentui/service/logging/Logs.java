package org.claudeagentui.service.logging;

import org.claudeagentui.service.settings.Settings.LogFormat;
import org.claudeagentui.service.settings.Settings.LogLevel;
import org.claudeagentui.service.settings.Settings.Logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sends what is logged, by whatever part of the program, to standard output and to a file. */
public final class Logs {
    private static final String OURS = "org.claudeagentui";
    private static final long MOST_BYTES = 10_000_000;
    private static final int MOST_FILES = 3;

    /** Loggers are held weakly: one that nobody holds would forget its level. */
    private static final Logger OUR_LOGGER = Logger.getLogger(OURS);

    /** Says at each start what it takes to know the framework's inside to understand. */
    private static final List<Logger> CHATTY = List.of(Logger.getLogger("org.jboss.weld"), Logger.getLogger("io.helidon.microprofile"),
            Logger.getLogger("io.helidon.webserver"), Logger.getLogger("io.helidon.common.features"), Logger.getLogger("com.zaxxer.hikari"),
            Logger.getLogger("org.flywaydb"), Logger.getLogger("io.helidon.dbclient"));

    /** Warns at each start of providers that nobody asked for. */
    private static final Logger PROVIDERS = Logger.getLogger("org.glassfish.jersey.message.internal.MessagingBinders");

    /** Tells of every failure of an MCP server what the run that it befalls tells, and quotes the server. */
    private static final List<Logger> MCP = List.of(Logger.getLogger("io.modelcontextprotocol"), Logger.getLogger("reactor"));

    private Logs() {
    }

    /**
     * Takes the place of whatever logging was set up before.
     *
     * @param settings what to write and how
     * @param directory where {@code express.log} goes; without it, standard output is all there is
     */
    public static void configure(Logging settings, Path directory) {
        LogManager.getLogManager().reset();
        var root = Logger.getLogger("");
        var troubles = new ArrayList<String>();
        root.addHandler(new Lines(new LineWriter(sinks(directory, troubles)), formatter(settings.format())));
        var level = Levels.of(settings.level());
        root.setLevel(settings.level() == LogLevel.DEBUG ? Level.INFO : level);
        OUR_LOGGER.setLevel(level);
        var chattyLevel = settings.level() == LogLevel.TRACE ? level : Level.WARNING;
        CHATTY.forEach(logger -> logger.setLevel(settings.level() == LogLevel.ERROR ? level : chattyLevel));
        PROVIDERS.setLevel(Level.SEVERE);
        MCP.forEach(logger -> logger.setLevel(settings.level() == LogLevel.TRACE ? level : Level.OFF));
        troubles.forEach(OUR_LOGGER::warning);
    }

    private static List<LineSink> sinks(Path directory, List<String> troubles) {
        var output = new StandardOutput(System.out);
        if (!Files.isDirectory(directory)) {
            return List.of(output);
        }
        try {
            return List.of(output, new LogFile(directory.resolve("express.log"), MOST_BYTES, MOST_FILES));
        } catch (IOException e) {
            troubles.add("These lines are on standard output only, since " + e.getMessage()
                    + ": make the directory writable for the service's user and start again");
            return List.of(output);
        }
    }

    private static Formatter formatter(LogFormat format) {
        return switch (format) {
            case JSON -> new JsonLines();
            case TEXT -> new TextLines();
        };
    }
}
