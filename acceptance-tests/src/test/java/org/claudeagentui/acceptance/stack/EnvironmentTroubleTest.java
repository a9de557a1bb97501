package org.claudeagentui.acceptance.stack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EnvironmentTroubleTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "Bind for 127.0.0.1:5433 failed: port is already allocated",
        "listen tcp4 127.0.0.1:80: bind: address already in use",
        "write /var/lib/docker/x: no space left on device",
        "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network",
        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"})
    void theMachinesTroublesAreNotTheTopologys(String told) {
        assertThat(EnvironmentTrouble.in(new IllegalStateException("compose ended with 1: " + told))).get()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("Next: ", told);
    }

    @Test
    void aServiceThatIsNotHealthyIsTheTopologys() {
        assertThat(EnvironmentTrouble.in(new IllegalStateException("container claude-strapi is unhealthy"))).isEmpty();
        assertThat(EnvironmentTrouble.in(new IllegalStateException(
                "strapi: Error: connect ECONNREFUSED 172.20.0.2:5432, connection refused"))).isEmpty();
    }
}
