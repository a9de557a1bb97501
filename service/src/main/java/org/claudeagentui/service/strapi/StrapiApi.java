package org.claudeagentui.service.strapi;

import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.util.List;

/** Strapi's REST API, as far as the service uses it. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface StrapiApi {

    /** A page of entries; a list is a parameter that may be left out. What else is to be in the query comes in a {@link FilterQuery}. */
    @GET
    @Path("/api/{type}")
    JsonObject list(@PathParam("type") String type, @QueryParam("pagination[page]") int page,
            @QueryParam("pagination[pageSize]") int pageSize, @QueryParam("sort") String sort,
            @QueryParam("populate") List<String> relations,
            @QueryParam("filters[$or][0][name][$containsi]") List<String> inName,
            @QueryParam("filters[$or][1][description][$containsi]") List<String> inDescription,
            @QueryParam("filters[title][$containsi]") List<String> inTitle);

    /** One entry. */
    @GET
    @Path("/api/{type}/{id}")
    JsonObject find(@PathParam("type") String type, @PathParam("id") String id, @QueryParam("populate") List<String> relations);

    /** Makes an entry with an id that nothing else has; where it is there already, it is answered as it is. */
    @POST
    @Path("/api/{type}")
    JsonObject create(@PathParam("type") String type, @QueryParam("populate") List<String> relations,
            @HeaderParam("Entry-Id") String id, JsonObject entry);

    /** Changes the named attributes of an entry, if it is as expected. */
    @PUT
    @Path("/api/{type}/{id}")
    JsonObject update(@PathParam("type") String type, @PathParam("id") String id, @QueryParam("populate") List<String> relations,
            @HeaderParam("Expected-Entry") String expected, JsonObject entry);

    /** Deletes an entry, if it is as expected. */
    @DELETE
    @Path("/api/{type}/{id}")
    Response delete(@PathParam("type") String type, @PathParam("id") String id, @HeaderParam("Expected-Entry") String expected);

    /** What an MCP server is told in secret. */
    @GET
    @Path("/api/{type}/{id}/secrets")
    JsonObject secrets(@PathParam("type") String type, @PathParam("id") String id);

    /** The user with the named password. */
    @POST
    @Path("/api/accounts/sign-in")
    JsonObject signIn(JsonObject credentials);

    /** Gives a user another password. */
    @PUT
    @Path("/api/accounts/{id}/password")
    JsonObject changePassword(@PathParam("id") String id, JsonObject passwords);

    /** Whether Strapi serves. */
    @GET
    @Path("/_health")
    Response health();
}
