package org.claudeagentui.service.claude;

import org.claudeagentui.service.settings.Secret;
import org.claudeagentui.service.settings.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whom the client takes for the model API, over real TLS. */
class TrustTest {

    private static final String PASSWORD = "changeit";
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path directory;
    private Path pem;

    @BeforeEach
    void makeCertificate() throws Exception {
        keytool("-genkeypair", "-alias", "model", "-keyalg", "EC", "-dname", "CN=model", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12",
                "-keystore", directory.resolve("keys").toString(), "-storepass", PASSWORD, "-validity", "2");
        pem = directory.resolve("ca.pem");
        keytool("-exportcert", "-rfc", "-alias", "model", "-keystore", directory.resolve("keys").toString(), "-storepass", PASSWORD,
                "-file",
                pem.toString());
    }

    @Test
    void trustsTheCertificatesInTheFile() throws Exception {
        try (var model = FakeModel.start(tlsSocket()); var client = client(model, Optional.of(pem))) {
            model.will(call -> call.streaming().begin(1).end(1));
            assertThat(ask(client)).isInstanceOf(StreamEvent.MessageStart.class);
        }
    }

    @Test
    void trustsNobodyElse() throws Exception {
        try (var model = FakeModel.start(tlsSocket()); var client = client(model, Optional.empty())) {
            assertThatThrownBy(() -> ask(client)).isInstanceOfSatisfying(ModelException.class, e -> assertThat(e.failure())
                    .isInstanceOfSatisfying(ModelFailure.ConnectionFailed.class, failure -> assertThat(failure.message()).contains(
                            "trusted")));
            assertThat(model.callsLeft()).isZero();
        }
    }

    @Test
    void stillTrustsWhomTheSystemTrusts() throws Exception {
        assertThat(Trust.systemCertificates()).isNotEmpty();
        assertThat(Trust.trusted(pem)).containsAll(Trust.systemCertificates()).hasSize(Trust.systemCertificates().size() + 1);
    }

    @Test
    void saysWhichFileHoldsNoCertificate() throws Exception {
        Files.writeString(pem, "no certificate");
        assertThatThrownBy(() -> Trust.systemAnd(pem)).isInstanceOf(UnusableCertificates.class)
                .hasMessageContaining("ANTHROPIC_CA_FILE")
                .hasMessageContaining(pem.toString());
    }

    private static StreamEvent ask(HttpModelClient client) throws ModelException {
        var request = new ModelRequest("m", 10, Optional.empty(), List.of(), List.of(Message.user("hi")), OptionalDouble.empty(),
                OptionalDouble
                        .empty(),
                OptionalInt.empty(), OptionalInt.empty(), List.of());
        try (var stream = client.open(request, Deadline.after(LONG))) {
            return stream.next();
        }
    }

    private static HttpModelClient client(FakeModel model, Optional<Path> trusted) throws UnusableCertificates {
        URI address = URI.create(model.address().toString().replace("http:", "https:"));
        return new HttpModelClient(new Settings.Model(address, new Secret("key"), trusted, new LinkedHashMap<>()), LONG, LONG);
    }

    private ServerSocket tlsSocket() throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(directory.resolve("keys"))) {
            keys.load(file, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
