package org.claudeagentui.acceptance.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a stream of server-sent events to its end and notes when each arrived. */
public final class SseReader {
    /**
     * One event.
     *
     * @param type its type
     * @param data its data
     * @param at when its data had arrived, by this machine's clock
     */
    public record SseEvent(String type, String data, Instant at) {}

    private SseReader() {
    }

    /** Posts a JSON document and reads the events of the answer until the server ends the stream, at most for the deadline. */
    public static List<SseEvent> post(String url, String json, Duration deadline) {
        HttpRequest.Builder made = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                // As browsers do: a stream that a proxy compresses comes in lumps.
                .header("Accept-Encoding", "gzip")
                .timeout(deadline)
                .POST(HttpRequest.BodyPublishers.ofString(json));
        Keys.authorization(URI.create(url)).ifPresent(key -> made.header("Authorization", key));
        HttpRequest request = made.build();
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<SseEvent> events = new ArrayList<>();
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(client, request, events), threads);
            try {
                reading.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                client.shutdownNow();
                throw new DeadlineMissedException("the end of the stream of " + url, deadline, "It had come to event " + events.size());
            } catch (ExecutionException e) {
                throw new IllegalStateException("The stream of " + url + " broke off after " + events.size() + " events", e.getCause());
            }
            return List.copyOf(events);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading " + url, e);
        }
    }

    private static void read(HttpClient client, HttpRequest request, List<SseEvent> events) {
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                if (response.statusCode() != 200) {
                    throw new IllegalStateException("Status %d: %s".formatted(response.statusCode(), lines.readLine()));
                }
                response.headers().firstValue("Content-Encoding").ifPresent(encoding -> {
                    throw new IllegalStateException("The stream is compressed with " + encoding + ", so its events wait for each other");
                });
                String type = "message";
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event: ")) {
                        type = line.substring(7);
                    } else if (line.startsWith("data: ")) {
                        events.add(new SseEvent(type, line.substring(6), Instant.now()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The stream cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading the stream", e);
        }
    }
}
