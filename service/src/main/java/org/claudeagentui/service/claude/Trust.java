package org.claudeagentui.service.claude;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Whom to trust with the model's questions. */
final class Trust {

    private Trust() {
    }

    /** Trusts whom the system trusts, and the certificates in that PEM file. */
    static SSLContext systemAnd(Path pem) throws UnusableCertificates {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers(storeOf(trusted(pem))), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableCertificates(
                    "ANTHROPIC_CA_FILE " + pem + " can't be used (" + e.getMessage() + "): give a file of PEM certificates", e);
        }
    }

    static List<Certificate> trusted(Path pem) throws GeneralSecurityException, IOException {
        var certificates = new ArrayList<Certificate>(systemCertificates());
        certificates.addAll(read(pem));
        return certificates;
    }

    private static Collection<? extends Certificate> read(Path pem) throws IOException, CertificateException {
        try (InputStream bytes = Files.newInputStream(pem)) {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
            if (certificates.isEmpty()) {
                throw new CertificateException("it holds no certificate");
            }
            return certificates;
        }
    }

    static List<X509Certificate> systemCertificates() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        var certificates = new ArrayList<X509Certificate>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager trust) {
                certificates.addAll(List.of(trust.getAcceptedIssuers()));
            }
        }
        return certificates;
    }

    private static KeyStore storeOf(List<Certificate> certificates) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("trusted-" + i, certificates.get(i));
        }
        return store;
    }

    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
