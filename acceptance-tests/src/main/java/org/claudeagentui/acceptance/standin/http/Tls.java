package org.claudeagentui.acceptance.standin.http;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/**
 * What a port needs to speak TLS.
 *
 * @param faults what becomes of its next handshakes
 */
public record Tls(SSLContext context, HandshakeFaults faults) {
    /**
     * Reads the certificate and its key from a PKCS12 file.
     *
     * @throws IOException when the file can't be read
     * @throws GeneralSecurityException when the password is wrong or the file holds no usable key
     */
    public static Tls of(Path keystore, String password) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            keys.load(in, password.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new Tls(context, new HandshakeFaults());
    }
}
