package org.claudeagentui.acceptance.standin;

import org.claudeagentui.acceptance.standin.http.Tls;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;

/**
 * Starts the stand-in as its environment says: {@code STANDIN_PORT} (8080), and for HTTPS on {@code STANDIN_TLS_PORT} (8443)
 * {@code STANDIN_TLS_KEYSTORE}, a PKCS12 file, with {@code STANDIN_TLS_PASSWORD}.
 */
public final class Main {
    private static final Logger LOG = System.getLogger(Main.class.getName());
    private static final int WRONG_ENVIRONMENT = 64;
    private static final int CANT_LISTEN = 69;

    private Main() {
    }

    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        try {
            StandIn standIn = start(environment);
            LOG.log(Level.INFO, "The model stand-in listens on port " + standIn.port()
                    + standIn.securePort().map(port -> ", with TLS on port " + port).orElse(""));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            LOG.log(Level.ERROR, "The stand-in's environment is wrong: " + e.getMessage() + "; correct it, see docs/standin.md");
            System.exit(WRONG_ENVIRONMENT);
        } catch (IOException e) {
            LOG.log(Level.ERROR, "The stand-in can't listen: " + e.getMessage());
            System.exit(CANT_LISTEN);
        }
    }

    private static StandIn start(Map<String, String> environment) throws IOException, GeneralSecurityException {
        int port = port(environment, "STANDIN_PORT", 8080);
        String keystore = environment.getOrDefault("STANDIN_TLS_KEYSTORE", "");
        if (keystore.isEmpty()) {
            return StandIn.start(port);
        }
        Tls tls = Tls.of(Path.of(keystore), environment.getOrDefault("STANDIN_TLS_PASSWORD", ""));
        return StandIn.start(port, port(environment, "STANDIN_TLS_PORT", 8443), tls);
    }

    private static int port(Map<String, String> environment, String name, int absent) {
        String port = environment.getOrDefault(name, "");
        if (port.isEmpty()) {
            return absent;
        }
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            throw new IllegalArgumentException(name + " is not a port number: " + port);
        }
        return Integer.parseInt(port);
    }
}
