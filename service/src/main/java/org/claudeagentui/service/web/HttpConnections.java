package org.claudeagentui.service.web;

import io.helidon.common.Weighted;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ProtocolConfigs;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelectorProvider;

import java.util.Set;

/** The server's own HTTP/1.1, in which also what no route ever sees is refused with a problem. Found by the server. */
public final class HttpConnections implements ServerConnectionSelectorProvider<Http1Config>, Weighted {

    /** Made by the server. */
    public HttpConnections() {
        // It keeps nothing.
    }

    @Override
    public double weight() {
        return DEFAULT_WEIGHT + 1;
    }

    @Override
    public Class<Http1Config> protocolConfigType() {
        return Http1Config.class;
    }

    @Override
    public String protocolType() {
        return "http_1_1";
    }

    @Override
    public ServerConnectionSelector create(String socket, Http1Config config, ProtocolConfigs others) {
        return new Selector(Http1ConnectionSelector.builder().config(config).build());
    }

    private record Selector(ServerConnectionSelector http) implements ServerConnectionSelector {

        @Override
        public int bytesToIdentifyConnection() {
            return 0;
        }

        /** There is no other protocol here: what isn't this one is told so. */
        @Override
        public Support supports(BufferData beginning) {
            return Support.SUPPORTED;
        }

        @Override
        public Set<String> supportedApplicationProtocols() {
            return http.supportedApplicationProtocols();
        }

        @Override
        public ServerConnection connection(ConnectionContext context) {
            return http.connection(new GuardedConnection(context));
        }
    }
}
