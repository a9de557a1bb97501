package org.claudeagentui.service.tasks;

import jakarta.inject.Inject;
import org.claudeagentui.service.runs.RunOrigin;
import org.claudeagentui.service.runs.RunRecipient;
import org.claudeagentui.service.runs.RunReport;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.Expectation;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.strapi.StrapiException;
import org.claudeagentui.service.web.Jsons;
import org.claudeagentui.service.wiring.Single;

/** Has a task show how its latest run stands. */
@Single
final class TaskStates implements RunRecipient {
    private final Strapi strapi;

    @Inject
    TaskStates(Strapi strapi) {
        this.strapi = strapi;
    }

    @Override
    public RunOrigin.Kind kind() {
        return RunOrigin.Kind.TASK;
    }

    /** A task that was deleted need not know. */
    @Override
    public void tell(RunReport report) throws Refused {
        if (!report.latest()) {
            return;
        }
        var attributes = Jsons.PROVIDER.createObjectBuilder()
                .add("state", report.run().state().wireName())
                .add("lastRunId", report.run().id().toString())
                .build();
        try {
            strapi.update(ContentType.TASK, report.origin().id(), attributes, Expectation.NONE);
        } catch (StrapiException.Invalid | StrapiException.Conflict e) {
            throw new Refused("The task can't be told: " + e.getMessage(), e);
        }
    }
}
