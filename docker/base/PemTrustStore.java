import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/**
 * Turns a PEM bundle of certificates into a PKCS #12 trust store, so that Java trusts in an image build what the build
 * host trusts (a TLS-inspecting proxy, say). Usage: {@code java PemTrustStore.java BUNDLE.pem STORE.p12}; the password is
 * {@code changeit}, since the store holds public certificates only.
 */
class PemTrustStore {
    public static void main(String[] args) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var count = 0;
        try (InputStream bundle = Files.newInputStream(Path.of(args[0]))) {
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(bundle)) {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
        }
        try (var out = Files.newOutputStream(Path.of(args[1]))) {
            store.store(out, "changeit".toCharArray());
        }
    }
}
