package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.stack.Service;

import java.util.List;

/**
 * A service that can't become healthy.
 *
 * @param service which
 * @param why what the operator is told of it
 * @param lastWords what stands in its last log lines
 * @param overlay the Compose file that breaks it
 */
record Broken(String service, String why, String lastWords, String overlay) {
    static final List<Broken> ALL = List.of(
            refusing(Service.POSTGRES, "invalid value for parameter \"shared_buffers\"",
                    "command: ['postgres', '-c', 'shared_buffers=nonsense']"),
            refusing(Service.STRAPI, "PORT", "environment: {PORT: nonsense}"),
            refusing(Service.EXPRESS, "PORT", "environment: {PORT: nonsense}"),
            hanging(Service.POSTGRES),
            hanging(Service.STRAPI),
            hanging(Service.EXPRESS));

    private static Broken refusing(String service, String lastWords, String change) {
        return new Broken(service, "it ended with status", lastWords, overlay(service, change));
    }

    // It runs and does nothing; its check has less patience than the seed's, since it is not the patience that is tried here.
    private static Broken hanging(String service) {
        return new Broken(service, "it runs, but is unhealthy", "Nothing doing", overlay(service,
                "entrypoint: ['bash', '-c', 'echo Nothing doing; exec sleep infinity']\n    healthcheck: {start_period: 1s, retries: 1}"));
    }

    private static String overlay(String service, String change) {
        return "services:\n  %s:\n    %s\n".formatted(service, change);
    }

    @Override
    public String toString() {
        return service + ", of which " + why;
    }
}
