package org.claudeagentui.acceptance.promises;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;

/** Clients that trust one certificate, and no other. */
final class Trusting {
    private Trusting() {
    }

    static HttpClient client(Path certificate, Duration patience) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, new char[0]);
        try (InputStream in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry("front-door", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[0], managers.getTrustManagers(), new SecureRandom());
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(context).connectTimeout(patience).build();
    }
}
