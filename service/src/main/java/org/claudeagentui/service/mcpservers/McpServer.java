package org.claudeagentui.service.mcpservers;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An MCP server, without what it is told in secret.
 *
 * @param id its document id
 * @param name its name, of which there is one
 * @param description what it is for
 * @param transport how it is spoken to
 * @param command the program to start, an absolute path
 * @param args the program's arguments
 * @param url the address to connect to
 * @param envNames the names of the environment variables that the program is given
 * @param headerNames the names of the headers that requests carry
 * @param disabled whether its tools are out of use
 * @param startupTimeout how long it may take until its tools are known
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
record McpServer(
        String id,
        String name,
        Optional<String> description,
        Transport transport,
        Optional<String> command,
        List<String> args,
        Optional<String> url,
        List<String> envNames,
        List<String> headerNames,
        boolean disabled,
        Optional<Duration> startupTimeout,
        Instant createdAt,
        Instant updatedAt) {

    McpServer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        args = List.copyOf(args);
        envNames = List.copyOf(envNames);
        headerNames = List.copyOf(headerNames);
    }

    /** How a server is spoken to. */
    enum Transport {
        /** By a program's standard input and output. */
        STDIO("command"),
        /** By one stream of events, and requests beside it. */
        SSE("url"),
        /** By MCP's streamable HTTP. */
        HTTP("url");

        private final String needed;

        Transport(String needed) {
            this.needed = needed;
        }

        /** The member without which there is nothing to speak to. */
        String needed() {
            return needed;
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Set<String> wireNames() {
            return Arrays.stream(values()).map(Transport::wireName).collect(Collectors.toUnmodifiableSet());
        }

        static Transport of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }
}
