package org.claudeagentui.service.tools;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An MCP server as it is configured now.
 *
 * @param name what people call it
 * @param way how it is reached
 * @param startupTimeout how long it may take until its tools are known
 * @param disabled whether its tools are out of use
 */
public record ToolServer(String name, Way way, Duration startupTimeout, boolean disabled) {

    /** Refuses missing parts. */
    public ToolServer {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(way, "way");
        Objects.requireNonNull(startupTimeout, "startupTimeout");
    }

    /** The same server, given no longer than that. */
    public ToolServer within(Duration most) {
        return new ToolServer(name, way, startupTimeout.compareTo(most) < 0 ? startupTimeout : most, disabled);
    }

    /** How a server is reached. */
    public sealed interface Way {

        /** What no log and no error may quote. */
        Collection<String> secrets();

        /** What to look at when it answers, but not as an MCP server should. */
        default String remedy() {
            return switch (this) {
                case Program _ -> "Check its command, args and env, by running it by hand in the service's container.";
                case Address _ -> "Check its url, transport and headers, and see its own log.";
            };
        }
    }

    /**
     * As a program that is started for the run.
     *
     * @param command the program's absolute path
     * @param args its arguments
     * @param env all of its environment but PATH
     */
    public record Program(String command, List<String> args, Map<String, String> env) implements Way {

        /** Keeps the lists from being changed. */
        public Program {
            args = List.copyOf(args);
            env = Map.copyOf(env);
        }

        @Override
        public Collection<String> secrets() {
            return env.values();
        }

        @Override
        public String toString() {
            return "program " + command;
        }
    }

    /**
     * At an address.
     *
     * @param url the address
     * @param headers what every request to it carries
     * @param protocol what is spoken there
     */
    public record Address(URI url, Map<String, String> headers, Protocol protocol) implements Way {

        /** Keeps the headers from being changed. */
        public Address {
            headers = Map.copyOf(headers);
        }

        @Override
        public Collection<String> secrets() {
            return headers.values();
        }

        @Override
        public String toString() {
            return protocol + " at " + url.getScheme() + "://" + url.getAuthority();
        }
    }

    /** What is spoken at an address. */
    public enum Protocol {
        /** MCP's streamable HTTP. */
        STREAMABLE_HTTP,
        /** What came before it: one stream of events, and requests beside it. */
        SSE
    }
}
