package org.claudeagentui.service.runs;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.claudeagentui.service.security.Caller;
import org.claudeagentui.service.wiring.Single;

import java.time.Clock;

/** What runs took and cost, over HTTP. */
@Single
@Path("/api/usage")
@Produces(MediaType.APPLICATION_JSON)
public class UsageResource {

    private final Runs runs;
    private final Clock clock = Clock.systemUTC();

    /**
     * Made by the container.
     *
     * @param runs the runs
     */
    @Inject
    UsageResource(Runs runs) {
        this.runs = runs;
    }

    /** Tokens and cost by day, agent and user, the latest day first, and their sum. */
    @GET
    public JsonObject usage(@Context UriInfo uri) {
        UsageQuery query = UsageQuery.of(uri.getQueryParameters(), clock).seenBy(Caller.current());
        return UsageJson.of(query, runs.usage(query));
    }
}
