package org.claudeagentui.acceptance.stack;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A stack's networks as the engine keeps them, and who is on them. */
public final class StackNetworks {
    private final Engine engine;
    private final String stack;

    StackNetworks(Engine engine, String stack) {
        this.engine = engine;
        this.stack = stack;
    }

    /** A service's address on one of the stack's networks, such as {@code backend}. */
    public Optional<String> address(String service, String network) {
        return Optional.ofNullable(engine.inspect(container(service)).getNetworkSettings().getNetworks().get(name(network)))
                .map(at -> at.getIpAddress());
    }

    /** The full name of one of the stack's networks. */
    public String name(String network) {
        return stack + "-" + network;
    }

    /** The host's addresses on the stack's networks and on the engine's default one. */
    public List<String> gateways() {
        return Stream.concat(engine.networks(stack + "-").stream(), Stream.of("bridge")).flatMap(this::gatewaysOfNetwork).toList();
    }

    /** The addresses that the engine keeps for the host on one of the stack's networks. */
    public List<String> gatewaysOf(String network) {
        return gatewaysOfNetwork(name(network)).toList();
    }

    private Stream<String> gatewaysOfNetwork(String network) {
        return engine.network(network).getIpam().getConfig().stream().flatMap(config -> Stream.ofNullable(config.getGateway()));
    }

    /** The networks that a service is on. */
    public List<Attachment> attachments(String service) {
        return engine.attachments(container(service));
    }

    /** Takes a service off its networks; what it has open there stays open, and hears no more. */
    public void disconnect(String service, List<Attachment> from) {
        from.forEach(network -> engine.disconnect(container(service), network));
    }

    /** Puts a service back on its networks, under its names there, at whatever addresses the engine has for it. */
    public void connect(String service, List<Attachment> to) {
        to.forEach(network -> engine.connect(container(service), network));
    }

    /** A stranger's container on one of the stack's networks. */
    public Probe probe(String network) {
        return engine.helpers().probe(name(network));
    }

    private String container(String service) {
        return stack + "-" + service;
    }
}
