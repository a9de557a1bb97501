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
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
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
        List<ResourceUsage> before = usage(stack);
        double machineWith = restingMachine();
        List<ResourceUsage> after = usage(stack);
        double total = 0;
        for (int i = 0; i < Service.ALL.size(); i++) {
            String service = Service.ALL.get(i);
            double percent = 100 * after.get(i).coresSince(before.get(i));
            total += percent;
            figures.add(service + " at rest, memory", after.get(i).memoryBytes() / MIB, "MiB", service.equals(Service.EXPRESS)
                    ? "110 MiB"
                    : "");
            figures.add(service + " at rest, processor", percent, "% of a core", "");
        }
        figures.add("the four containers at rest, processor", total, "% of a core", "");

        stack.overlay("unchecked", Service.ALL.stream()
                .map(service -> "  " + service + ":\n    healthcheck: {disable: true}\n")
                .reduce("services:\n", String::concat));
        Service.ALL.forEach(stack::recreate);
        awaitReady(stack);
        double machineWithout = restingMachine();
        stack.withoutOverlays();
        Service.ALL.forEach(stack::recreate);

        figures.add("the whole machine at rest, health checks on", machineWith, "% of a core", "");
        figures.add("the whole machine at rest, health checks off", machineWithout, "% of a core", "");
        figures.add("health checks at rest, engine's part included", machineWith - machineWithout, "% of a core",
                "3 % with start_interval, 8 % on older engines");
        assertThat(machineWith).isPositive();
    }

    private static void awaitReady(ComposeStack stack) {
        List<String> urls = List.of(stack.frontDoor() + "/api/agents", stack.frontDoor() + "/strapi/_health");
        await().atMost(READY)
                .until(() -> urls.stream().allMatch(url -> Http.tryGet(url).filter(answer -> answer.status() < 300).isPresent()));
        // Whatever a start leaves to be done is done first.
        await().pollDelay(REST.dividedBy(3)).atMost(REST).until(() -> true);
    }

    private static List<ResourceUsage> usage(ComposeStack stack) {
        return Service.ALL.stream().map(service -> stack.engine().usage(stack.containerName(service))).toList();
    }

    private static double restingMachine() {
        double busy = busySeconds();
        long started = System.nanoTime();
        await().pollDelay(REST).atMost(REST.multipliedBy(2)).until(() -> true);
        return 100 * (busySeconds() - busy) / ((System.nanoTime() - started) / 1e9);
    }

    private static double busySeconds() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            String[] cpu = lines.findFirst().orElseThrow().split(" +", -1);
            // user, nice, system, (idle, iowait,) irq, softirq, steal
            return Stream.of(1, 2, 3, 6, 7, 8).mapToLong(column -> Long.parseLong(cpu[column])).sum() / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException("The machine's processor time cannot be read", e);
        }
    }
}
