package org.claudeagentui.service.skills;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.claudeagentui.service.entries.Entries;
import org.claudeagentui.service.entries.EntriesResource;
import org.claudeagentui.service.idempotency.KeyedAnswers;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.web.Filter;
import org.claudeagentui.service.web.Listing;
import org.claudeagentui.service.wiring.Single;

/** Skills over HTTP. Agents that had a skill which is deleted go without. */
@Single
@Path("/api/skills")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SkillsResource extends EntriesResource<Skill> {

    /**
     * Made by the container.
     *
     * @param strapi where skills are kept
     * @param answers remembers what requests with a key were answered
     */
    @Inject
    SkillsResource(Strapi strapi, KeyedAnswers answers) {
        super(new Entries<>(strapi, ContentType.SKILL, new SkillForm(), SkillJson::read, SkillJson::write), answers, Skill::id, "skill",
                Listing.sortedBy("name", "displayName", "category", "version", "createdAt", "updatedAt")
                        .narrowedBy("category", Filter.text("category", SkillForm.LONGEST_CATEGORY))
                        .narrowedBy("license", Filter.text("license", SkillForm.LONGEST_LICENSE)));
    }
}
