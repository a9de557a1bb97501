package org.claudeagentui.service.runs;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.claudeagentui.service.idempotency.IdempotencyKey;
import org.claudeagentui.service.security.Caller;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/** Runs over HTTP. Their events are elsewhere: {@link RunStreams}. */
@Single
@Path("/api/runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunsResource {

    private final Runs runs;
    private final RunBodies bodies;

    /**
     * Made by the container.
     *
     * @param runs the runs
     * @param bodies takes requests for runs in
     */
    @Inject
    RunsResource(Runs runs, RunBodies bodies) {
        this.runs = runs;
        this.bodies = bodies;
    }

    /** Puts an agent to work; the same request again, with the same key, is answered with the same run. */
    @POST
    public Response submit(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
        Optional<IdempotencyKey> key = IdempotencyKey.of(Optional.ofNullable(headers.getHeaderString(IdempotencyKey.HEADER)), uri
                .getAbsolutePath()
                .getPath());
        Run run = bodies.taken(body, key, json -> new RunBody(json).request(), request -> runs.submit(request, Caller.current()));
        return Response.created(URI.create("/api/runs/" + run.id())).entity(RunJson.of(run)).build();
    }

    /** The runs that the caller may see, newest first unless asked otherwise, a page at a time; without outputs, and of each input its beginning only. */
    @GET
    public JsonObject list(@Context UriInfo uri) {
        ListQuery query = ListQuery.of(uri.getQueryParameters(), RunsQuery.LISTING).withoutSearch();
        return runs.list(RunsQuery.of(query, Caller.current())).toJson(RunJson::of);
    }

    /** One run. */
    @GET
    @Path("{id}")
    public JsonObject get(@PathParam("id") String id) {
        return RunJson.of(runs.find(idOf(id), Caller.current()).orElseThrow(RunsResource::unknown));
    }

    /** Cancels a run. The answer may still show it running: its events tell when it has ended. */
    @POST
    @Path("{id}/cancel")
    public Response cancel(@PathParam("id") String id) {
        return Response.accepted(RunJson.of(runs.cancel(idOf(id), Caller.current()))).build();
    }

    private static RunId idOf(String text) {
        return RunId.parse(text).orElseThrow(RunsResource::unknown);
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("There is no run with this id.");
    }
}
