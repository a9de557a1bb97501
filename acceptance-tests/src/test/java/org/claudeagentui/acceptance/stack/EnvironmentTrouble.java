package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.EnvironmentFailure;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reasons of the machine's, not the topology's, for which a stack does not come up; told by what the engine says. */
enum EnvironmentTrouble {
    PORT("port is already allocated|address already in use", "another program took a port that was free a moment ago",
            "run the suite again"), DISK("no space left on device", "the engine's disk is full", "docker system df"), MEMORY(
                    "cannot allocate memory", "the machine has no memory left", "free -m"), ADDRESSES(
                            "non-overlapping IPv4 address pool|predefined address pools have been fully subnetted",
                            "the engine has no address range left for another network", "docker network ls"), ENGINE(
                                    "Cannot connect to the Docker daemon|error during connect|connection refused.*docker\\.sock|docker\\.sock.*connection refused",
                                    "the container engine does not answer", "docker info");

    private final Pattern words;
    private final String meaning;
    private final String next;

    EnvironmentTrouble(String words, String meaning, String next) {
        this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
        this.meaning = meaning;
        this.next = next;
    }

    /** The environment's failure that a boot's failure really is, if it is one. */
    static Optional<EnvironmentFailure> in(RuntimeException failure) {
        String told = String.valueOf(failure.getMessage());
        return Arrays.stream(values())
                .filter(trouble -> trouble.words.matcher(told).find())
                .findFirst()
                .map(trouble -> new EnvironmentFailure("The stack does not come up: %s. Next: %s%n%s".formatted(trouble.meaning,
                        trouble.next,
                        told), failure));
    }
}
