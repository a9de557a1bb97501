package org.claudeagentui.service.security;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import org.claudeagentui.service.web.JsonBody;
import org.claudeagentui.service.web.Jsons;
import org.claudeagentui.service.wiring.Single;
import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** Signing in and out, for browsers. Nothing but the cookie is needed afterwards. */
@Single
@Path(SessionResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SessionResource {
    static final String PATH = "/api/session";

    private static final int LASTS_SECONDS = (int) Duration.ofDays(30).toSeconds();

    private final SignIn signIn;
    private final SecurityStore store;
    private final Revocations revocations;

    /**
     * Made by the container.
     *
     * @param signIn checks passwords
     * @param store keeps sessions
     * @param revocations hears of their ends
     */
    @Inject
    SessionResource(SignIn signIn, SecurityStore store, Revocations revocations) {
        this.signIn = signIn;
        this.store = store;
        this.revocations = revocations;
    }

    /** Signs a user in. */
    @POST
    public Response begin(@HeaderParam("X-Real-IP") @Nullable String address, @HeaderParam("X-Forwarded-Proto") @Nullable String scheme,
            InputStream body) {
        var sent = SessionForm.checked(SessionForm.SIGN_IN, JsonBody.object(body));
        var account = signIn.check(sent.getString("identifier"), sent.getString("password"), from(address));
        var text = RandomText.after("");
        store.beginSession(text, account);
        return Response.ok(told(account.caller(), account.email())).cookie(cookie(text.text(), LASTS_SECONDS, scheme)).build();
    }

    /** Tells who is signed in. */
    @GET
    public JsonObject find() {
        var identity = Visit.current().identity();
        return told(identity.caller(), identity.email());
    }

    /** Signs out. A token is none the worse for it. */
    @DELETE
    @Produces(MediaType.WILDCARD) // Nothing is told but what is wrong.
    public Response end(@HeaderParam("X-Forwarded-Proto") @Nullable String scheme) {
        if (!(Visit.current().identity().credential() instanceof Credential.SessionCookie session)) {
            return Response.noContent().build();
        }
        if (store.endSession(session.hash())) {
            revocations.happened();
        }
        return Response.noContent().cookie(cookie("", 0, scheme)).build();
    }

    /** Gives the user another password, which ends all of their sessions but this one. */
    @PUT
    @Path("password")
    @Produces(MediaType.WILDCARD) // Nothing is told but what is wrong.
    public void changePassword(@HeaderParam("X-Real-IP") @Nullable String address, InputStream body) {
        var session = SessionOnly.credential("Passwords are changed");
        var sent = SessionForm.checked(SessionForm.PASSWORD, JsonBody.object(body));
        var account = signIn.changePassword(Caller.current(), sent.getString("currentPassword"), sent.getString("newPassword"),
                from(address));
        store.renewSession(session.hash(), account.generation());
        revocations.happened();
    }

    private static JsonObject told(Caller caller, String email) {
        return Jsons.PROVIDER.createObjectBuilder()
                .add("user", Jsons.PROVIDER.createObjectBuilder()
                        .add("id", caller.userId())
                        .add("name", caller.name())
                        .add("email", email)
                        .add("role", caller.role().wireName()))
                .build();
    }

    private static NewCookie cookie(String text, int seconds, @Nullable String scheme) {
        return new NewCookie.Builder(Credential.COOKIE).value(text)
                .path("/api")
                .maxAge(seconds)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .secure("https".equals(scheme))
                .build();
    }

    /** The front door names the client; who comes past it is one client. */
    private static String from(@Nullable String address) {
        return Optional.ofNullable(address).filter(text -> text.length() <= 64).orElse("direct");
    }
}
