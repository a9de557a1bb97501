package org.claudeagentui.service.database;

import java.sql.SQLException;
import java.util.Optional;

/** Why the database can't be used, in one line, with what to do about it where that is known. */
final class Reason {
    private static final int MOST_CAUSES = 10;
    private static final String WRONG_PASSWORD = "28P01";
    private static final String NO_TLS = "does not support SSL";

    private Reason() {
    }

    /** The innermost cause is what an operator can do something about; what lies around it is the libraries' own. */
    static String of(Throwable failure) {
        var cause = failure;
        for (var depth = 0; depth < MOST_CAUSES && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        var line = Optional.ofNullable(cause.getMessage())
                .flatMap(message -> message.lines().findFirst())
                .orElse(cause.getClass().getSimpleName());
        return line + remedy(cause, line).map(remedy -> " Remedy: " + remedy + ".").orElse("");
    }

    private static Optional<String> remedy(Throwable cause, String line) {
        if (line.contains(NO_TLS)) {
            return Optional.of("set DATABASE_SSL=false, or give PostgreSQL a certificate");
        }
        return cause instanceof SQLException sql && WRONG_PASSWORD.equals(sql.getSQLState())
                ? Optional.of("give PostgreSQL and the service the same password (EXPRESS_DB_PASSWORD) and start both again")
                : Optional.empty();
    }
}
