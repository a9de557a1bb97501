package org.claudeagentui.acceptance.stack;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A client that won't wait: asks the front door twenty times a second, whether the answers before have come or not, for the web
 * UI, a list of the service's and Strapi's health in turns, and notes what it sees.
 */
final class FrontDoorWatch implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final List<String> PATHS = List.of("/", "/api/agents", "/strapi/_health");

    private final String frontDoor;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<CompletableFuture<Sight>> sights = new ArrayList<>();
    private final Future<?> watching;

    private FrontDoorWatch(String frontDoor) {
        this.frontDoor = frontDoor;
        this.watching = clock.scheduleAtFixedRate(this::look, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    static FrontDoorWatch begin(String frontDoor) {
        return new FrontDoorWatch(frontDoor);
    }

    private void look() {
        String path = PATHS.get(sights.size() % PATHS.size());
        Instant asked = Instant.now();
        HttpRequest request = HttpRequest.newBuilder(URI.create(frontDoor + path)).timeout(PATIENCE).build();
        sights.add(client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .thenApply(response -> new Sight(asked, path, response.statusCode(), saysWhen(response.headers())))
                .exceptionally(failure -> Sight.ofNothing(asked, path)));
    }

    private static boolean saysWhen(HttpHeaders headers) {
        return headers.firstValue("Retry-After").isPresent()
                && headers.firstValue("Content-Type").filter(type -> type.startsWith("application/problem+json")).isPresent();
    }

    /** Ends the watch, and gives what was seen in the order of the questions. */
    List<Sight> end() {
        close();
        return sights.stream().map(CompletableFuture::join).sorted(Comparator.comparing(Sight::asked)).toList();
    }

    @Override
    public void close() {
        watching.cancel(false);
        clock.close();
        client.close();
    }
}
