package org.claudeagentui.service.web;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.wiring.Single;

import java.util.Optional;

/** Tells which service this is and which models it offers. */
@Single
@Path("/api/about")
public class AboutResource {
    private final Settings settings;

    /**
     * Made by the container.
     *
     * @param settings what the operator set
     */
    @Inject
    public AboutResource(Settings settings) {
        this.settings = settings;
    }

    /** Version, revision, mode and models. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject about() {
        var models = Jsons.PROVIDER.createObjectBuilder();
        settings.model().aliases().forEach(models::add);
        return Jsons.PROVIDER.createObjectBuilder()
                .add("version", Optional.ofNullable(AboutResource.class.getPackage().getImplementationVersion()).orElse("development"))
                .add("revision", settings.revision())
                .add("demoMode", settings.demoMode())
                .add("models", models)
                .build();
    }
}
