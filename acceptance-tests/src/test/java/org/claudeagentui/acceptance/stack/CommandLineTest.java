package org.claudeagentui.acceptance.stack;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommandLineTest {
    private static final Path HERE = Path.of("").toAbsolutePath();

    @Test
    void givesExitCodeAndBothOutputs() {
        CommandResult result = run(Duration.ofSeconds(10), "echo out; echo err >&2; exit 3");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).isEqualTo("out\n");
        assertThat(result.err()).isEqualTo("err\n");
        assertThatThrownBy(result::orThrow).isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("ended with 3")
                .hasMessageContaining("err");
    }

    @Test
    void passesNothingOfTheCallersEnvironmentButWhatFindsTheEngine() {
        CommandResult result = CommandLine.run(HERE, Map.of("GIVEN", "yes"), Duration.ofSeconds(10), List.of("env"));

        assertThat(result.out().lines().map(line -> line.split("=", 2)[0])).contains("PATH", "GIVEN")
                .allMatch(name -> List.of("PATH", "HOME", "GIVEN").contains(name) || name.startsWith("DOCKER_"));
    }

    @Test
    void endsWhatMissesItsDeadlineAndTellsItsLastWords() {
        assertThatThrownBy(() -> run(Duration.ofMillis(300), "echo working; read -r -t 60 line <> <(:)")).isInstanceOf(
                DeadlineMissedException.class)
                .hasMessageContaining("working");
        assertThat(ProcessHandle.current()
                .descendants()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains("read -r -t 60")))
                .isEmpty();
    }

    @Test
    void keepsTheLastLines() {
        assertThat(run(Duration.ofSeconds(10), "seq 1 9").lastLines(2)).isEqualTo("8\n9");
    }

    private static CommandResult run(Duration deadline, String script) {
        return CommandLine.run(HERE, Map.of(), deadline, List.of("bash", "-c", script));
    }
}
