package org.claudeagentui.service.agents;

import jakarta.inject.Inject;
import org.claudeagentui.service.entries.Entries;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.wiring.Single;

import java.util.Optional;

/** The agents that there are. */
@Single
final class Agents {
    private final Entries<Agent> entries;

    @Inject
    Agents(Strapi strapi, Settings settings) {
        var form = new AgentForm(settings.model().aliases().keySet());
        entries = new Entries<>(strapi, ContentType.AGENT, form, AgentJson::read, AgentJson::write);
    }

    Entries<Agent> entries() {
        return entries;
    }

    Optional<Agent> find(String id) {
        return entries.find(id);
    }
}
