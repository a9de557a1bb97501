package org.claudeagentui.acceptance.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import org.testcontainers.lifecycle.Startable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's testssl.sh, in a container that is in this machine's network. It asks nobody but the server, name servers included. */
public final class TlsScanner implements Startable {
    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    /** An exit code below 200 tells how much was found, or not found out: the findings say so themselves. */
    private static final String SCAN = """
            printf '%s' "$1" >/tmp/trusted.pem && rm -f /tmp/findings.json
            testssl --quiet --color 0 --warnings off --nodns none --add-ca /tmp/trusted.pem --jsonfile /tmp/findings.json "${@:3}" "$2" >&2
            (($? < 200)) && cat /tmp/findings.json
            """;

    private final Project project;
    private final Engine engine;
    private final TestSession session;
    private final String name = TestSession.newStackName() + "-tls-scanner";

    TlsScanner(Project project, Engine engine, TestSession session) {
        this.project = project;
        this.engine = engine;
        this.session = session;
    }

    @Override
    public void start() {
        String image = "claude-tls-scanner:" + Project.imageTag();
        HelperImage.build(project, image, "tls-scanner", Map.of("BASE_IMAGE", "claude-base:" + Project.imageTag()));
        String id = engine.docker()
                .createContainerCmd(image)
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode("host").withCapDrop(Capability.ALL).withInit(true))
                .withLabels(session.labels())
                .withName(name)
                .exec()
                .getId();
        engine.docker().startContainerCmd(id).exec();
    }

    /**
     * Scans a server, such as {@code 127.0.0.1:443}, as a client that trusts a certificate beside those that all know.
     *
     * @param options what to look at, such as {@code --protocols}; everything where there are none
     */
    public List<TlsFinding> scan(String server, String trustedPem, List<String> options) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", SCAN, "scan", trustedPem, server));
        command.addAll(options);
        String findings = engine.exec(name, "", DEADLINE, command).orThrow();
        try {
            return JSON.readValue(findings, new TypeReference<List<TlsFinding>>() {
            });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("testssl.sh gave no findings: %.600s".formatted(findings), e);
        }
    }

    @Override
    public void stop() {
        engine.removeContainer(name);
    }
}
