package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A stack's events, recorded from the engine as they come; waiting is for an event, never for time to pass. */
public final class EngineEvents implements AutoCloseable {
    private static final Set<String> RECORDED = Set.of("create", "start", "die", "oom", "kill", "destroy", "restart");

    private static final Set<String> TOUCHED = Set.of("create", "die", "destroy");

    private static final String EXEC = "execID";
    private static final String EXIT_CODE = "exitCode";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final List<EngineEvent> events = new ArrayList<>();
    private final List<Pull> pulls = new ArrayList<>();
    private final List<ProbeRun> probes = new ArrayList<>();
    private final Map<String, Instant> running = new HashMap<>();
    private final Closeable subscription;
    private Optional<Throwable> broken = Optional.empty();

    private EngineEvents(DockerClient docker, String stack) {
        String now = String.valueOf(Instant.now().getEpochSecond());
        subscription = docker.eventsCmd().withSince(now).exec(new Subscriber(stack));
    }

    static EngineEvents of(DockerClient docker, String stack) {
        return new EngineEvents(docker, stack);
    }

    /** Everything recorded so far, in the order in which the engine told it. */
    public List<EngineEvent> all() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** Everything recorded that happened at a moment or later. */
    public List<EngineEvent> since(Instant moment) {
        return all().stream().filter(event -> !event.at().isBefore(moment)).toList();
    }

    /** What became of the topology's containers after so many events: each that died, was made, or was removed. */
    public List<String> touchedAfter(int count) {
        return all().stream()
                .skip(count)
                .filter(event -> Service.ALL.contains(event.service()) && TOUCHED.contains(event.action()))
                .map(event -> event.service() + " " + event.action())
                .toList();
    }

    /** Images that the engine pulled from a registry between two moments, whoever asked for them. */
    public List<String> pulls(Instant from, Instant to) {
        lock.lock();
        try {
            return pulls.stream().filter(pull -> !pull.at().isBefore(from) && !pull.at().isAfter(to)).map(Pull::image).toList();
        } finally {
            lock.unlock();
        }
    }

    /** The commands that were run in a service's container and began at a moment or later: its health checks, where nobody else ran any. */
    List<ProbeRun> probes(String service, Instant since) {
        lock.lock();
        try {
            return probes.stream().filter(probe -> probe.service().equals(service) && !probe.began().isBefore(since)).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a service did something, at this moment or later, and gives the first such event. */
    public EngineEvent await(String service, String action, Instant since, Duration deadline) {
        return await(service + " " + action, event -> event.is(service, action) && !event.at().isBefore(since), deadline);
    }

    /** Waits for as long for the same, and gives nothing where it did not happen. */
    Optional<EngineEvent> find(String service, String action, Instant since, Duration deadline) {
        return find(service + " " + action, event -> event.is(service, action) && !event.at().isBefore(since), deadline);
    }

    EngineEvent await(String what, Predicate<EngineEvent> wanted, Duration deadline) {
        return find(what, wanted, deadline).orElseThrow(() -> new DeadlineMissedException(what, deadline, "Last events: " + last(12)));
    }

    private Optional<EngineEvent> find(String what, Predicate<EngineEvent> wanted, Duration deadline) {
        long left = deadline.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<EngineEvent> found = events.stream().filter(wanted).findFirst();
                if (found.isPresent()) {
                    return found;
                }
                if (broken.isPresent()) {
                    throw new IllegalStateException("The engine's events broke off while waiting for " + what, broken.get());
                }
                if (left <= 0) {
                    return found;
                }
                left = news.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }

    private String last(int count) {
        List<EngineEvent> events = all();
        return events.subList(Math.max(0, events.size() - count), events.size())
                .stream()
                .map(event -> event.at() + " " + event.service() + " " + event.action())
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        try {
            subscription.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The subscription to the engine's events cannot be closed", e);
        }
    }

    private final class Subscriber extends ResultCallback.Adapter<Event> {
        private final String stack;

        Subscriber(String stack) {
            this.stack = stack;
        }

        @Override
        public void onNext(Event event) {
            lock.lock();
            try {
                if ("pull".equals(event.getAction())) {
                    pulls.add(new Pull(at(event), String.valueOf(event.getId())));
                }
                read(event).ifPresent(events::add);
                readProbe(event);
                news.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void onError(Throwable failure) {
            lock.lock();
            try {
                broken = Optional.of(failure);
                news.signalAll();
            } finally {
                lock.unlock();
            }
            super.onError(failure);
        }

        private void readProbe(Event event) {
            String action = String.valueOf(event.getAction());
            Map<String, String> attributes = attributes(event);
            if (!isOurs(attributes) || !attributes.containsKey(EXEC)) {
                return;
            }
            if (action.startsWith("exec_start")) {
                running.put(attributes.getOrDefault(EXEC, ""), at(event));
            } else if (action.equals("exec_die")) {
                Optional.ofNullable(running.remove(attributes.getOrDefault(EXEC, "")))
                        .ifPresent(began -> probes.add(new ProbeRun(service(attributes), began, at(event), "0".equals(attributes.get(
                                EXIT_CODE)))));
            }
        }

        private Optional<EngineEvent> read(Event event) {
            String action = event.getAction();
            Map<String, String> attributes = attributes(event);
            if (action == null || event.getActor() == null || !(RECORDED.contains(action) || action.startsWith("health_status"))
                    || !isOurs(attributes)) {
                return Optional.empty();
            }
            return Optional.of(new EngineEvent(at(event), service(attributes), action, String.valueOf(event.getActor().getId()), attributes
                    .getOrDefault(EXIT_CODE, "")));
        }

        private static Map<String, String> attributes(Event event) {
            return Optional.ofNullable(event.getActor()).map(EventActor::getAttributes).orElse(Map.of());
        }

        private boolean isOurs(Map<String, String> attributes) {
            return stack.equals(attributes.get("com.docker.compose.project"));
        }

        private static String service(Map<String, String> attributes) {
            return attributes.getOrDefault("com.docker.compose.service", "?");
        }

        private static Instant at(Event event) {
            return Instant.ofEpochSecond(0, Optional.ofNullable(event.getTimeNano())
                    .orElse(TimeUnit.SECONDS.toNanos(Optional.ofNullable(event.getTime()).orElse(0L))));
        }
    }

    private record Pull(Instant at, String image) {}
}
