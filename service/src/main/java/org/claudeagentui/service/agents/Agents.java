package org.claudeagentui.service.agents;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.Page;
import org.claudeagentui.service.wiring.Single;

import java.util.Optional;

/** The agents that there are. */
@Single
final class Agents {
    private final Strapi strapi;
    private final AgentForm form;

    @Inject
    Agents(Strapi strapi, Settings settings) {
        this.strapi = strapi;
        this.form = new AgentForm(settings.model().aliases().keySet());
    }

    Page<Agent> list(ListQuery query) {
        return strapi.list(ContentType.AGENT, query).map(AgentJson::read);
    }

    Optional<Agent> find(String id) {
        return strapi.find(ContentType.AGENT, id).map(AgentJson::read);
    }

    Agent create(JsonObject sent) {
        return AgentJson.read(strapi.create(ContentType.AGENT, form.whole(sent)));
    }

    Optional<Agent> replace(String id, JsonObject sent) {
        return strapi.update(ContentType.AGENT, id, form.whole(sent)).map(AgentJson::read);
    }

    Optional<Agent> change(String id, JsonObject sent) {
        return find(id).map(AgentJson::write)
                .map(before -> form.change(sent, before))
                .flatMap(attributes -> strapi.update(ContentType.AGENT, id, attributes))
                .map(AgentJson::read);
    }

    /** Strapi answers alike whether there was one or not, so it is looked for first. */
    boolean delete(String id) {
        var found = find(id).isPresent();
        if (found) {
            strapi.delete(ContentType.AGENT, id);
        }
        return found;
    }
}
