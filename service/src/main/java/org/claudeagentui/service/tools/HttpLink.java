package org.claudeagentui.service.tools;

import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpClientTransport;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server at an address. Its connections are its own, so that cutting them troubles nobody else. */
final class HttpLink implements ServerLink {

    private static final int MOST_BYTES_A_MESSAGE = 8 << 20;

    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("mcp-http-", 0).factory());
    private final KeptHttpClient client;
    private final McpClientTransport transport;

    /**
     * A link, not yet in use.
     *
     * @throws ToolServerException when the headers can't be sent
     */
    HttpLink(ToolServer.Address address) throws ToolServerException {
        // A redirect would take the headers, which are secret, elsewhere.
        client = new KeptHttpClient(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(executor));
        transport = transport(address, headed(address));
    }

    @Override
    public McpClientTransport transport() {
        return transport;
    }

    @Override
    public void cut() {
        client.cut();
        executor.shutdownNow();
    }

    @SuppressWarnings("deprecation") // SSE is the protocol that is deprecated; servers that speak nothing else are not gone.
    private McpClientTransport transport(ToolServer.Address address, HttpRequest.Builder request) {
        String root = address.url().getScheme() + "://" + address.url().getRawAuthority();
        return switch (address.protocol()) {
            case STREAMABLE_HTTP -> HttpClientStreamableHttpTransport.builder(root)
                    .endpoint(path(address.url()))
                    .clientBuilder(client)
                    .requestBuilder(request)
                    .jsonMapper(Wire.MAPPER)
                    .maxResponseSize(MOST_BYTES_A_MESSAGE)
                    .build();
            case SSE -> HttpClientSseClientTransport.builder(root)
                    .sseEndpoint(path(address.url()))
                    .clientBuilder(client)
                    .requestBuilder(request)
                    .jsonMapper(Wire.MAPPER)
                    .maxResponseSize(MOST_BYTES_A_MESSAGE)
                    .build();
        };
    }

    private static HttpRequest.Builder headed(ToolServer.Address address) throws ToolServerException {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        for (var header : address.headers().entrySet()) {
            try {
                request.header(header.getKey(), header.getValue());
            } catch (IllegalArgumentException e) {
                // The cause quotes the value.
                throw new ToolServerException("its header " + header.getKey() + " is none that can be sent", "Correct the header's value.");
            }
        }
        return request;
    }

    private static String path(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }
}
