package org.claudeagentui.service.database;

import org.claudeagentui.service.settings.Settings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;

/**
 * Where and how a connection is made, with a deadline for each thing that can hang. A commit is on disk when it returns,
 * whatever the server is set to.
 */
public final class ConnectionAddress {
    private static final String OPTIONS = "ApplicationName=express&currentSchema=runs&connectTimeout=3&loginTimeout=5&socketTimeout=15&cancelSignalTimeout=3&tcpKeepAlive=true"
            + "&options=-c%20synchronous_commit%3Don";

    private ConnectionAddress() {
    }

    /**
     * The address as JDBC wants it, without user and password.
     *
     * @param database the settings
     * @return a JDBC URL
     */
    public static String of(Settings.Database database) {
        var name = URLEncoder.encode(database.name(), StandardCharsets.UTF_8);
        return "jdbc:postgresql://%s:%d/%s?%s&sslmode=%s".formatted(database.host(), database.port(), name, OPTIONS,
                database.ssl() ? "require" : "disable");
    }

    /**
     * Makes connections to that address.
     *
     * @param database the settings
     * @return a source of connections
     */
    public static ConnectionSource source(Settings.Database database) {
        var address = of(database);
        return () -> DriverManager.getConnection(address, database.username(), database.password().value());
    }
}
