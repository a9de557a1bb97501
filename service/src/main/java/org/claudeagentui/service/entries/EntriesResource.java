package org.claudeagentui.service.entries;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import org.claudeagentui.service.idempotency.IdempotencyKey;
import org.claudeagentui.service.idempotency.KeptAnswer;
import org.claudeagentui.service.idempotency.KeyedAnswers;
import org.claudeagentui.service.strapi.Dated;
import org.claudeagentui.service.web.EntityTag;
import org.claudeagentui.service.web.EntityTags;
import org.claudeagentui.service.web.JsonBody;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.Listing;
import org.claudeagentui.service.web.ProblemException;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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
    private final KeyedAnswers answers;
    private final Function<T, String> id;
    private final String noun;
    private final Listing listing;

    /**
     * A resource.
     *
     * @param answers remembers what requests with a key were answered
     * @param id tells an entry's id
     * @param noun what people call an entry
     * @param listing how a list can be asked for
     */
    protected EntriesResource(Entries<T> entries, KeyedAnswers answers, Function<T, String> id, String noun, Listing listing) {
        this.entries = entries;
        this.answers = answers;
        this.id = id;
        this.noun = noun;
        this.listing = listing;
    }

    /** A page of entries. */
    @GET
    public Response list(@Context UriInfo address) {
        var page = entries.list(ListQuery.of(address.getQueryParameters(), listing));
        return dated(whole(page.value()), page).build();
    }

    /** One entry, or word that it is still what the client has. */
    @GET
    @Path("{id}")
    public Response find(@PathParam("id") String id, @Context HttpHeaders headers) {
        var known = tags(headers, HttpHeaders.IF_NONE_MATCH);
        var found = entries.show(id);
        var entry = found.value().map(Shown::json).orElseThrow(this::notFound);
        var unchanged = known.flatMap(tags -> entry.tag().filter(tags::name)).isPresent();
        return dated(tagged(unchanged ? Response.notModified() : whole(entry), entry), found)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }

    /** Makes an entry; the same request again, with the same key, makes no other. */
    @POST
    public Response create(@Context UriInfo address, @Context HttpHeaders headers, InputStream body) {
        var path = address.getAbsolutePath().getPath();
        var key = IdempotencyKey.of(Optional.ofNullable(headers.getHeaderString(IdempotencyKey.HEADER)), path);
        var sent = JsonBody.bytes(body);
        var entry = JsonBody.object(sent);
        var answer = answers.once(key.map(it -> it.with(sent)), made -> answer(path, entries.create(entry, made)));
        var response = Response.status(answer.status())
                .header(HttpHeaders.LOCATION, answer.location())
                .entity(answer.body().getBytes(StandardCharsets.UTF_8));
        answer.tag().ifPresent(tag -> response.header(HttpHeaders.ETAG, tag));
        return response.build();
    }

    /** Puts an entry in the place of one: what isn't named is unset. */
    @PUT
    @Path("{id}")
    public Response replace(@PathParam("id") String id, @Context HttpHeaders headers, InputStream body) {
        return written(entries.replace(id, JsonBody.object(body), tags(headers, HttpHeaders.IF_MATCH)));
    }

    /** Changes what is named; a null unsets. */
    @PATCH
    @Path("{id}")
    public Response change(@PathParam("id") String id, @Context HttpHeaders headers, InputStream body) {
        return written(entries.change(id, JsonBody.object(body), tags(headers, HttpHeaders.IF_MATCH)));
    }

    /** Deletes an entry. */
    @DELETE
    @Path("{id}")
    @Produces(MediaType.WILDCARD) // Nothing is told but what is wrong.
    public void delete(@PathParam("id") String id, @Context HttpHeaders headers) {
        if (!entries.delete(id, tags(headers, HttpHeaders.IF_MATCH))) {
            throw notFound();
        }
    }

    private KeptAnswer answer(String path, Shown<T> made) {
        return new KeptAnswer(Response.Status.CREATED.getStatusCode(), path + "/" + id.apply(made.entry()), made.json()
                .tag()
                .map(EntityTag::toString), new String(made.json().bytes(), StandardCharsets.UTF_8));
    }

    private Response written(Optional<Shown<T>> entry) {
        var json = entry.map(Shown::json).orElseThrow(this::notFound);
        return tagged(whole(json), json).build();
    }

    private static ResponseBuilder whole(Rendered json) {
        return Response.ok(json.bytes()).header(HttpHeaders.CONTENT_LENGTH, json.length());
    }

    private static ResponseBuilder tagged(ResponseBuilder response, Rendered json) {
        json.tag().ifPresent(tag -> response.header(HttpHeaders.ETAG, tag.toString()));
        return response;
    }

    /** Says how old the answer is, and in the way of RFC 9211 if it is too old. */
    private static ResponseBuilder dated(ResponseBuilder response, Dated<?> found) {
        response.header(AGE, found.age().toSeconds());
        if (found.stale()) {
            response.header(CACHE_STATUS, "express; hit; ttl=-" + Math.max(1, found.overdue().toSeconds()));
        }
        return response;
    }

    private static Optional<EntityTags> tags(HttpHeaders headers, String name) {
        return EntityTags.of(name, Optional.ofNullable(headers.getHeaderString(name)));
    }

    private ProblemException notFound() {
        return ProblemException.notFound("There is no " + noun + " with this id.");
    }
}
