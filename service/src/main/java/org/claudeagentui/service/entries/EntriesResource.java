package org.claudeagentui.service.entries;

import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.claudeagentui.service.strapi.Dated;
import org.claudeagentui.service.web.JsonBody;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.Listing;
import org.claudeagentui.service.web.ProblemException;

import java.io.InputStream;
import java.util.function.Function;

/**
 * Entries of one kind over HTTP, below the address that the resource itself has.
 *
 * @param <T> what an entry is here
 */
public abstract class EntriesResource<T> {
    private static final String AGE = "Age";
    private static final String CACHE_STATUS = "Cache-Status";

    private final Entries<T> entries;
    private final Function<T, String> id;
    private final String noun;
    private final Listing listing;

    /**
     * A resource.
     *
     * @param id tells an entry's id
     * @param noun what people call an entry
     * @param listing how a list can be asked for
     */
    protected EntriesResource(Entries<T> entries, Function<T, String> id, String noun, Listing listing) {
        this.entries = entries;
        this.id = id;
        this.noun = noun;
        this.listing = listing;
    }

    /** A page of entries. */
    @GET
    public Response list(@Context UriInfo address) {
        return answer(entries.list(ListQuery.of(address.getQueryParameters(), listing)), Function.identity());
    }

    /** One entry. */
    @GET
    @Path("{id}")
    public Response find(@PathParam("id") String id) {
        return answer(entries.show(id), found -> found.map(Shown::json).orElseThrow(this::notFound));
    }

    /** Makes an entry. */
    @POST
    public Response create(@Context UriInfo address, InputStream body) {
        T entry = entries.create(JsonBody.object(body));
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, address.getAbsolutePath().getPath() + "/" + id.apply(entry))
                .entity(entries.json(entry))
                .build();
    }

    /** Puts an entry in the place of one: what isn't named is unset. */
    @PUT
    @Path("{id}")
    public JsonObject replace(@PathParam("id") String id, InputStream body) {
        return entries.replace(id, JsonBody.object(body)).map(entries::json).orElseThrow(this::notFound);
    }

    /** Changes what is named; a null unsets. */
    @PATCH
    @Path("{id}")
    public JsonObject change(@PathParam("id") String id, InputStream body) {
        return entries.change(id, JsonBody.object(body)).map(entries::json).orElseThrow(this::notFound);
    }

    /** Deletes an entry. */
    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id) {
        if (!entries.delete(id)) {
            throw notFound();
        }
    }

    /** Says how old the answer is, and in the way of RFC 9211 if it is too old. */
    private static <V> Response answer(Dated<V> found, Function<V, Rendered> json) {
        var rendered = json.apply(found.value());
        var response = Response.ok(rendered.bytes())
                .header(HttpHeaders.CONTENT_LENGTH, rendered.length())
                .header(AGE, found.age().toSeconds());
        if (found.stale()) {
            response.header(CACHE_STATUS, "express; hit; ttl=-" + Math.max(1, found.overdue().toSeconds()));
        }
        return response.build();
    }

    private ProblemException notFound() {
        return ProblemException.notFound("There is no " + noun + " with this id.");
    }
}
