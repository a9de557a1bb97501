package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.Evidence;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What runs leave behind: nothing, also when they are killed. That is no promise to an operator, but one to whoever runs the suite. */
@AcceptanceTest
class LeftOversIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration END_OF_COMMANDS = Duration.ofSeconds(10);

    @Test
    void nothingIsLeftOfARunThatWasKilledAmidABoot(Evidence evidence) throws IOException, InterruptedException {
        evidence.expected("a run's process is killed while it boots a stack: the commands that it ran end with it, and the next run's"
                + " sweep removes its containers, networks, volumes and folder");

        Project project = Project.locate();
        TestSession next = new TestSession();
        Engine engine = Engine.connect(next);
        Process run = new ProcessBuilder(ChildSuite.command(KilledRun.class, Map.of())).redirectErrorStream(true).start();
        Map<String, Integer> before;
        String stack;
        try (BufferedReader said = run.inputReader()) {
            stack = said.lines().filter(TestSession::mayTouch).findFirst().orElseThrow();
            await().atMost(DEADLINE).until(() -> engine.find(stack + "-strapi").isPresent());
            before = thingsOf(stack, engine, project);
        } finally {
            run.destroyForcibly().waitFor();
        }
        await().atMost(END_OF_COMMANDS).until(() -> commandsOn(stack).isEmpty());
        int swept = new Sweeper(engine, next, project.work()).sweepLeftOvers();
        Map<String, Integer> left = thingsOf(stack, engine, project);
        evidence.observed("there before the kill %s; the next run swept %d things; left %s".formatted(before, swept, left));

        assertThat(before.values()).doesNotContain(0);
        assertThat(left.values()).containsOnly(0);
    }

    private static Map<String, Integer> thingsOf(String stack, Engine engine, Project project) {
        Map<String, Integer> things = new TreeMap<>();
        things.put("containers", engine.containerNames(stack).size());
        things.put("networks", engine.networks(stack).size());
        things.put("volumes", engine.volumes(stack).size());
        things.put("folders", Files.exists(project.work().resolve(stack)) ? 1 : 0);
        things.put("commands", commandsOn(stack).size());
        return things;
    }

    private static List<ProcessHandle> commandsOn(String stack) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().filter(line -> line.contains("/" + stack + "/env")).isPresent())
                .toList();
    }
}
