package org.claudeagentui.acceptance.stack;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A stranger's container on one network; removed when closed. */
public final class Probe implements Shell, AutoCloseable {
    private final Engine engine;
    private final String id;
    private final String network;

    Probe(Engine engine, String id, String network) {
        this.engine = engine;
        this.id = id;
        this.network = network;
    }

    @Override
    public ExecResult run(Duration deadline, List<String> command) {
        return engine.exec(id, "", deadline, command);
    }

    /** The address it got on its network. */
    public String address() {
        var endpoint = Objects.requireNonNull(engine.inspect(id).getNetworkSettings().getNetworks().get(network),
                "a probe is on its network");
        return Objects.requireNonNull(endpoint.getIpAddress(), "a running probe has an address");
    }

    @Override
    public void close() {
        engine.removeContainer(id);
    }
}
