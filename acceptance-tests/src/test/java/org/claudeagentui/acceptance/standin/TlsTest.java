package org.claudeagentui.acceptance.standin;

import org.claudeagentui.acceptance.standin.StandinScript.Cut;
import org.claudeagentui.acceptance.standin.http.EpochNanos;
import org.claudeagentui.acceptance.standin.http.Tls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private static final String PASSWORD = "test-password";
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Running running;
    private final HttpClient client;

    TlsTest(@TempDir Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        Path keystore = keystore(directory);
        running = new Running(StandIn.start(0, 0, Tls.of(keystore, PASSWORD)));
        client = HttpClient.newBuilder().sslContext(trusting(keystore)).connectTimeout(DEADLINE).build();
    }

    @AfterEach
    void forget() {
        running.control().clear();
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        running.close();
    }

    @Test
    void streamsOverTls() throws IOException, InterruptedException {
        running.control().add(StandinScript.answering("over tls").thinking("Hm.").text(500, Duration.ZERO).text("ü 🌊"));

        HttpResponse<String> response = client.send(request("over tls"), BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        List<SseEvent> events = SseEvent.parse(response.body());
        PublishedGrammar.check(events);
        assertThat(SseEvent.text(events)).endsWith("ü 🌊");
        assertThat(running.control().requests("over tls").getFirst().tls()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET", "CLOSE"})
    void cutsOverTls(Cut by) throws IOException, InterruptedException {
        running.control().add(StandinScript.answering("cut").text("abc").cutInside("wave", 1, by).text("wave"));

        HttpResponse<InputStream> response = client.send(request("cut"), BodyHandlers.ofInputStream());

        assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void noticesAHangUpOverTls() throws IOException, InterruptedException {
        running.control().add(StandinScript.answering("leave").messageStart().stall(Duration.ofSeconds(30)));
        HttpResponse<InputStream> response = client.send(request("leave"), BodyHandlers.ofInputStream());
        assertThat(response.body().read()).isEqualTo('e');

        long left = EpochNanos.now();
        response.body().close();

        RecordedRequest recorded = running.control().await("leave", request -> request.endedAt().isPresent(), Duration.ofSeconds(2));
        assertThat(recorded.outcome()).isEqualTo("hung-up");
        assertThat(Duration.ofNanos(recorded.hungUpAt().orElseThrow() - left)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "garbage"})
    void failsAHandshake(String fault) throws IOException {
        running.control().failHandshakes(fault, 1);

        assertThatThrownBy(this::handshake).isInstanceOf(IOException.class);
        handshake();
    }

    @Test
    void stallsAHandshakeUntilTheClientLeaves() throws IOException {
        running.control().failHandshakes("stall", 1);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.standIn().securePort().orElseThrow())) {
            socket.setSoTimeout(300);
            socket.getOutputStream().write(new byte[]{22, 3, 1, 0, 5, 1, 0, 0, 1, 0});

            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    // Not by the HTTP client, which now and then tries again by itself.
    private void handshake() throws IOException {
        try (SSLSocket socket = (SSLSocket) client.sslContext()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(),
                        running.standIn().securePort().orElseThrow())) {
            socket.setSoTimeout((int) DEADLINE.toMillis());
            socket.startHandshake();
        }
    }

    private HttpRequest request(String input) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + running.standIn().securePort().orElseThrow() + "/v1/messages"))
                .timeout(DEADLINE)
                .header("x-api-key", "test-key")
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"model\":\"claude-test\",\"max_tokens\":20,\"stream\":true,\"messages\":"
                        + "[{\"role\":\"user\",\"content\":\"" + input + "\"}]}"))
                .build();
    }

    private static Path keystore(Path directory) throws IOException, InterruptedException {
        Path keystore = directory.resolve("standin.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keyalg", "EC", "-groupname", "secp256r1", "-alias", "standin", "-dname", "CN=localhost", "-ext", "SAN=DNS:localhost",
                "-storetype", "PKCS12", "-keystore", keystore.toString(), "-storepass", PASSWORD).redirectErrorStream(true).start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).as("keytool ended in time").isTrue();
        assertThat(keytool.exitValue()).as("keytool's exit").isZero();
        return keystore;
    }

    private static SSLContext trusting(Path keystore) throws IOException, GeneralSecurityException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            own.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD.toCharArray());
        trusted.setCertificateEntry("standin", own.getCertificate("standin"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
