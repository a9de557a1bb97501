package org.claudeagentui.service.security;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.claudeagentui.service.web.JsonBody;
import org.claudeagentui.service.web.Jsons;
import org.claudeagentui.service.web.Page;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** The caller's own API tokens. A token's text is told once, when it is made. */
@Single
@Path("/api/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TokensResource {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final SecurityStore store;
    private final Revocations revocations;

    /**
     * Made by the container.
     *
     * @param store keeps tokens
     * @param revocations hears of their ends
     */
    @Inject
    TokensResource(SecurityStore store, Revocations revocations) {
        this.store = store;
        this.revocations = revocations;
    }

    /** All of the caller's tokens, the newest first. */
    @GET
    public JsonObject list() {
        var tokens = store.tokens(Caller.current().userId());
        return new Page<>(tokens, 1, Math.max(1, tokens.size()), tokens.size()).toJson(token -> told(token).build());
    }

    /** Makes a token. */
    @POST
    public Response create(InputStream body) {
        SessionOnly.credential("API tokens are made");
        var sent = SessionForm.checked(SessionForm.TOKEN, JsonBody.object(body));
        var text = RandomText.after(Credential.TOKEN_PREFIX);
        var token = store.makeToken(text, Caller.current().userId(), sent.getString("name"), sent.getInt("expiresInDays", 0))
                .orElseThrow(() -> new ProblemException(Problem.conflict("You have as many tokens as there may be: revoke one.", List
                        .of())));
        return Response.created(URI.create("/api/tokens/" + token.id())).entity(told(token).add("token", text.text()).build()).build();
    }

    /** Revokes a token, at once. */
    @DELETE
    @Path("{id}")
    @Produces(MediaType.WILDCARD) // Nothing is told but what is wrong.
    public void revoke(@PathParam("id") String id) {
        SessionOnly.credential("API tokens are revoked");
        if (!ID.matcher(id).matches() || !store.revokeToken(id, Caller.current().userId())) {
            throw ProblemException.notFound("You have no token with this id.");
        }
        revocations.happened();
    }

    private static JsonObjectBuilder told(TokenEntry token) {
        var json = Jsons.PROVIDER.createObjectBuilder()
                .add("id", token.id())
                .add("name", token.name())
                .add("createdAt", token.createdAt().toString());
        token.usedAt().ifPresent(at -> json.add("usedAt", at.toString()));
        token.expiresAt().ifPresent(at -> json.add("expiresAt", at.toString()));
        return json;
    }
}
