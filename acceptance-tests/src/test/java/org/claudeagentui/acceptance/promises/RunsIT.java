package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.SseReader;
import org.claudeagentui.acceptance.stack.SseReader.SseEvent;
import org.claudeagentui.acceptance.standin.Stamp;
import org.claudeagentui.acceptance.standin.StandinClient;
import org.claudeagentui.acceptance.standin.StandinScript;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class RunsIT {
    private static final int EVENTS = 2000;
    private static final Duration PACE = Duration.ofMillis(10);
    private static final Duration PROMPT = Duration.ofMillis(50);
    private static final Duration LATEST = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final Duration SILENCE = Duration.ofSeconds(12);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @Promise(value = "RUN-2", part = "through nginx")
    void streamsTokenByTokenThroughNginx(ComposeStack stack, Evidence evidence) {
        provesPromptStream(stack, evidence);
    }

    @Test
    @Breaks
    @Promise(value = "RUN-2", part = "HTTPS to the model")
    void streamsTokenByTokenWithTheModelOverHttps(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected("the same with the model behind HTTPS, under a certificate that the service trusts by ANTHROPIC_CA_FILE alone");

        String password = UUID.randomUUID().toString();
        makeCertificate(Path.of(stack.env().require("DATA_ROOT")).resolve("ssl/standin"), password);
        stack.set("STANDIN_TLS_PASSWORD", password);
        stack.overlayFile(stack.project().root().resolve("docker/standin/docker-compose.tls.yml"));
        stack.recreate(Service.STANDIN);
        stack.recreate(Service.EXPRESS);
        provesPromptStream(stack, evidence);
        String model = stack.exec(Service.EXPRESS, "bash", "-c", "echo $ANTHROPIC_BASE_URL").orThrow();
        stack.withoutOverlays();
        stack.recreate(Service.STANDIN);
        stack.recreate(Service.EXPRESS);
        evidence.observed("the service asked " + model);

        assertThat(model).isEqualTo("https://standin:8443");
    }

    @Test
    @Promise(value = "RUN-2", part = "a silent model")
    void aSilentModelDoesNotEndTheStream(ComposeStack stack, Evidence evidence) {
        evidence.expected("the model is silent for %d s in the middle of its answer; the stream lives on and brings the rest".formatted(
                SILENCE
                        .toSeconds()));

        String word = "silent-" + UUID.randomUUID();
        List<SseEvent> events = run(stack, StandinScript.answering(word).text("Before").delay(SILENCE).text("after"), word);
        List<SseEvent> deltas = events.stream().filter(event -> event.type().equals("text.delta")).toList();
        Duration silence = Duration.between(deltas.getFirst().at(), deltas.getLast().at());
        evidence.observed("%s; the last event: %s".formatted(deltas.stream().map(RunsIT::text).toList(), events.getLast().type()))
                .figure("silence in the stream", silence.toMillis(), "ms");

        assertThat(deltas).extracting(RunsIT::text).containsExactly("Before", "after");
        assertThat(events.getLast().type()).isEqualTo("run.completed");
        assertThat(silence).isGreaterThan(SILENCE.minusSeconds(1));
    }

    private static List<SseEvent> run(ComposeStack stack, StandinScript script, String input) {
        String agent = Http.postJson(stack.frontDoor() + "/api/agents",
                "{\"name\":\"Runner %s\",\"systemPrompt\":\"Answer what you are asked.\",\"model\":\"sonnet\"}".formatted(input))
                .orThrow()
                .json()
                .at("/id")
                .asText();
        try (StandinClient standin = new StandinClient(URI.create("http://127.0.0.1:" + stack.port("STANDIN_TEST_PORT")))) {
            standin.add(script);
            return SseReader.post(stack.frontDoor() + "/api/agents/" + agent + "/execute", "{\"input\":\"" + input + "\"}", DEADLINE);
        }
    }

    private static void provesPromptStream(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "%d text deltas, %d ms apart, each its own event and in order; 99 %% with the client within %d ms of the model's write, none later than %d ms"
                        .formatted(EVENTS, PACE.toMillis(), PROMPT.toMillis(), LATEST.toMillis()));

        String word = "stamped-" + UUID.randomUUID();
        List<SseEvent> events = run(stack, StandinScript.answering(word).stampedText(EVENTS, PACE), word);
        List<Integer> order = new ArrayList<>();
        List<Long> micros = new ArrayList<>();
        List<SseEvent> deltas = events.stream().filter(event -> event.type().equals("text.delta")).toList();
        for (SseEvent delta : deltas) {
            long arrived = ChronoUnit.NANOS.between(Instant.EPOCH, delta.at());
            for (Stamp stamp : Stamp.in(text(delta))) {
                order.add(stamp.index());
                micros.add((arrived - stamp.at()) / 1000);
            }
        }
        List<Integer> lateOnes = IntStream.range(0, micros.size()).filter(i -> micros.get(i) > PROMPT.toMillis() * 1000).boxed().toList();
        Distribution millis = Distribution.of(micros.stream().mapToDouble(each -> each / 1000.0));
        evidence.observed("%d events, the last %s; %d stamped deltas in order: %s; %d later than %d ms%s".formatted(events.size(), events
                .getLast()
                .type(), deltas.size(),
                order.equals(IntStream.range(0, EVENTS).boxed().toList()), lateOnes.size(), PROMPT.toMillis(),
                lateOnes.isEmpty() ? "" : ", the first at " + lateOnes.getFirst() + ", the last at " + lateOnes.getLast()));
        evidence.figure("events measured", deltas.size(), "")
                .figure("load average of the machine", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), "");
        evidence.figure("p50", millis.percentile(50), "ms")
                .figure("p99", millis.percentile(99), "ms")
                .figure("latest", millis.percentile(100), "ms");

        assertThat(events.getLast().type()).isEqualTo("run.completed");
        assertThat(deltas).hasSizeGreaterThanOrEqualTo(1000);
        assertThat(order).isEqualTo(IntStream.range(0, EVENTS).boxed().toList());
        assertThat(lateOnes).as("deltas later than %s", PROMPT).hasSizeLessThanOrEqualTo(micros.size() / 100);
        assertThat(millis.percentile(100)).isLessThanOrEqualTo((double) LATEST.toMillis());
    }

    private static String text(SseEvent event) {
        try {
            return JSON.readTree(event.data()).at("/text").asText();
        } catch (IOException e) {
            throw new AssertionError("An event's data is not JSON: " + event.data(), e);
        }
    }

    // Readable by the containers' users, which are not this process's.
    private static void makeCertificate(Path folder, String password) throws IOException {
        Files.createDirectories(folder);
        Path keystore = folder.resolve("keystore.p12");
        Path certificate = folder.resolve("ca.pem");
        KeyTool.run("-genkeypair", "-alias", "standin", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=standin", "-ext",
                "san=dns:standin", "-validity", "30",
                "-storetype", "PKCS12", "-keystore", keystore.toString(), "-storepass", password);
        KeyTool.run("-exportcert", "-rfc", "-alias", "standin", "-keystore", keystore.toString(), "-storepass", password, "-file",
                certificate.toString());
        Files.setPosixFilePermissions(keystore, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(certificate, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
