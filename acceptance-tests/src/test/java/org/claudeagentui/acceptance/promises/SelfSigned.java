package org.claudeagentui.acceptance.promises;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/** A certificate for this machine's loopback address that nobody signed but itself, and trust in it alone. */
final class SelfSigned {
    private static final String ALIAS = "front-door";

    private final KeyStore store;
    private final char[] password;

    private SelfSigned(KeyStore store, char[] password) {
        this.store = store;
        this.password = password;
    }

    static SelfSigned make(Path folder) throws IOException, GeneralSecurityException {
        String password = UUID.randomUUID().toString();
        Path file = folder.resolve("front-door.p12");
        KeyTool.run("-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost", "-ext",
                "san=ip:127.0.0.1", "-validity", "30", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", password);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return new SelfSigned(store, password.toCharArray());
    }

    /** Lays the pair out as the front door wants it. */
    void writeTo(Path ssl) throws IOException, GeneralSecurityException {
        Files.writeString(ssl.resolve("fullchain.pem"), pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
        Files.writeString(ssl.resolve("privkey.pem"), pem("PRIVATE KEY", store.getKey(ALIAS, password).getEncoded()));
    }

    SSLContext trust() throws GeneralSecurityException {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[0], managers.getTrustManagers(), new SecureRandom());
        return context;
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, Base64.getMimeEncoder(64, "\n".getBytes(
                StandardCharsets.US_ASCII)).encodeToString(content), kind);
    }
}
