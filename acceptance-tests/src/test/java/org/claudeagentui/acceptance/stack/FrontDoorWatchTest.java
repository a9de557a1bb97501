package org.claudeagentui.acceptance.stack;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** No boot shows a 502, so that none would tell whether the watch could see one. */
class FrontDoorWatchTest {
    private static final int ONE_BAD_GATEWAY = 4;

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(asked.incrementAndGet() == ONE_BAD_GATEWAY ? 502 : 200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void seesOneBadGatewayAmongAnswers() {
        List<Sight> sights = watchUntil(10);

        assertThat(sights).filteredOn(sight -> !sight.tolerable()).extracting(Sight::status).containsExactly(502);
        assertThat(sights).extracting(Sight::path).contains("/", "/api/agents", "/strapi/_health");
    }

    @Test
    void asksTwentyTimesASecond() {
        List<Sight> sights = watchUntil(21);

        Duration twenty = Duration.between(sights.getFirst().asked(), sights.get(20).asked());
        assertThat(twenty).isBetween(Duration.ofMillis(500), Duration.ofSeconds(4));
    }

    private List<Sight> watchUntil(int answers) {
        try (FrontDoorWatch watch = FrontDoorWatch.begin("http://127.0.0.1:" + server.getAddress().getPort())) {
            await().atMost(Duration.ofSeconds(20)).until(() -> asked.get() >= answers);
            return watch.end();
        }
    }
}
