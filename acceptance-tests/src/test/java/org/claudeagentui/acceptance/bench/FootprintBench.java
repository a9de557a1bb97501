package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.ResourceUsage;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/** What the stack takes while nobody asks it for anything. */
@AcceptanceTest
@ExtendWith(FiguresExtension.class)
class FootprintBench {
    private static final double MIB = 1 << 20;
    private static final double MB = 1e6;
    private static final Duration REST = Duration.ofSeconds(60);
    private static final Duration READY = Duration.ofSeconds(60);
    // Linux counts processor time in hundredths of a second, whatever its timer's frequency (proc(5), USER_HZ).
    private static final double TICKS_PER_SECOND = 100;
    // As the kernel has their names: cut to 15 characters.
    private static final Set<String> ENGINE = Set.of("dockerd", "containerd", "containerd-shim", "docker-proxy");

    @Test
    void imageSizes(ComposeStack stack, Figures figures) {
        for (String service : Service.ALL) {
            String image = Objects.requireNonNull(stack.inspect(service).getImageId(), "an image");
            figures.add("image of " + service, Objects.requireNonNull(stack.engine().image(image).getSize(), "a size") / MB, "MB",
                    service.equals(Service.EXPRESS) ? "220 MB" : "");
        }
    }

    @Test
    @Breaks
    void atRestAndWhatHealthChecksCost(ComposeStack stack, Figures figures) {
        awaitReady(stack);
        double checked = rest(stack, (service, memory, percent) -> {
            figures.add(service + " at rest, memory", memory / MIB, "MiB", service.equals(Service.EXPRESS) ? "110 MiB" : "");
            figures.add(service + " at rest, processor", percent, "% of a core", "");
        });

        stack.overlay("unchecked", Service.ALL.stream()
                .map(service -> "  " + service + ":\n    healthcheck: {disable: true}\n")
                .reduce("services:\n", String::concat));
        // Compose doesn't wait for what has no health check.
        Service.ALL.forEach(service -> stack.compose("up", "--detach", "--no-build", "--no-deps", "--force-recreate", service).orThrow());
        awaitReady(stack);
        double unchecked = rest(stack, (service, memory, percent) -> {});
        stack.withoutOverlays();
        Service.ALL.forEach(stack::recreate);

        figures.add("all four at rest and the engine, health checks on", checked, "% of a core", "");
        figures.add("all four at rest and the engine, health checks off", unchecked, "% of a core", "");
        figures.add("health checks at rest, the engine's part included", checked - unchecked, "% of a core",
                "3 % with start_interval, 8 % on older engines");
    }

    private interface Reading {
        void of(String service, long memoryBytes, double percentOfACore);
    }

    private static void awaitReady(ComposeStack stack) {
        List<String> urls = List.of(stack.frontDoor() + "/api/agents", stack.frontDoor() + "/strapi/_health");
        await().atMost(READY)
                .until(() -> urls.stream().allMatch(url -> Http.tryGet(url).filter(answer -> answer.status() < 300).isPresent()));
        // Whatever a start leaves to be done is done first.
        await().pollDelay(REST.dividedBy(3)).atMost(REST).until(() -> true);
    }

    private static double rest(ComposeStack stack, Reading reading) {
        List<ResourceUsage> before = usage(stack);
        double engineBefore = engineSeconds();
        long started = System.nanoTime();
        await().pollDelay(REST).atMost(REST.multipliedBy(2)).until(() -> true);
        double total = 100 * (engineSeconds() - engineBefore) / ((System.nanoTime() - started) / 1e9);
        List<ResourceUsage> after = usage(stack);
        for (int i = 0; i < Service.ALL.size(); i++) {
            double percent = 100 * after.get(i).coresSince(before.get(i));
            reading.of(Service.ALL.get(i), after.get(i).memoryBytes(), percent);
            total += percent;
        }
        return total;
    }

    private static List<ResourceUsage> usage(ComposeStack stack) {
        return Service.ALL.stream().map(service -> stack.engine().usage(stack.containerName(service))).toList();
    }

    // What the engine's processes have used, and those they started and have seen end: a check is started by them, outside its container.
    private static double engineSeconds() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes.filter(process -> process.getFileName().toString().matches("\\d+"))
                    .mapToLong(FootprintBench::engineTicks)
                    .sum() / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException("The processes of this machine cannot be listed", e);
        }
    }

    private static long engineTicks(Path process) {
        String stat;
        try {
            stat = Files.readString(process.resolve("stat"));
        } catch (IOException e) {
            // It ended meanwhile: its parent has its time.
            return 0;
        }
        int nameEnd = stat.lastIndexOf(')');
        if (!ENGINE.contains(stat.substring(stat.indexOf('(') + 1, nameEnd))) {
            return 0;
        }
        String[] fields = stat.substring(nameEnd + 2).split(" ", -1);
        // utime, stime, cutime, cstime: fields 14 to 17 of proc(5), counted from the name's end
        return IntStream.rangeClosed(11, 14).mapToLong(field -> Long.parseLong(fields[field])).sum();
    }
}
