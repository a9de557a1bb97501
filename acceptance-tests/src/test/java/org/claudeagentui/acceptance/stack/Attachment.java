package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.model.ContainerNetwork;

import java.util.List;
import java.util.Optional;

/**
 * A container's place on a network.
 *
 * @param network the network's name
 * @param address the address that it has there
 * @param aliases the names by which others there find it
 */
public record Attachment(String network, String address, List<String> aliases) {
    /** Copies the names. */
    public Attachment {
        aliases = List.copyOf(aliases);
    }

    // The engine adds the container's own id to its names, each time.
    static Attachment of(String network, ContainerNetwork at, String container) {
        List<String> aliases = Optional.ofNullable(at.getAliases()).orElse(List.of());
        return new Attachment(network, Optional.ofNullable(at.getIpAddress()).orElse(""),
                aliases.stream().filter(alias -> !container.startsWith(alias)).toList());
    }
}
