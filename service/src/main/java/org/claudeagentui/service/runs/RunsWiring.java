package org.claudeagentui.service.runs;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.claudeagentui.service.claude.HttpModelClient;
import org.claudeagentui.service.claude.Prices;
import org.claudeagentui.service.claude.RetryPolicy;
import org.claudeagentui.service.claude.TracedModel;
import org.claudeagentui.service.claude.UnusableCertificates;
import org.claudeagentui.service.claude.WatchedModel;
import org.claudeagentui.service.database.Channel;
import org.claudeagentui.service.database.ConnectionAddress;
import org.claudeagentui.service.database.Database;
import org.claudeagentui.service.database.DatabaseReady;
import org.claudeagentui.service.security.Revoked;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.tools.Tools;
import org.claudeagentui.service.tracing.Tracer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import java.time.Duration;

/** Puts runs together, has them begin when the database is there, and end before the server does. */
@ApplicationScoped
class RunsWiring {

    private static final RetryPolicy RETRIES = new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(30));

    @Produces
    @Singleton
    RunLimits limits(
            Settings settings,
            @ConfigProperty(name = "runs.most-waiting") int mostWaiting,
            @ConfigProperty(name = "runs.longest-input") int longestInput,
            @ConfigProperty(name = "runs.lease") Duration lease,
            @ConfigProperty(name = "runs.journal-patience") Duration journalPatience,
            @ConfigProperty(name = "runs.drain") Duration drain,
            @ConfigProperty(name = "runs.most-streams") int mostStreams,
            @ConfigProperty(name = "runs.heartbeat") Duration heartbeat,
            @ConfigProperty(name = "runs.write-patience") Duration writePatience,
            @ConfigProperty(name = "runs.places-every") Duration placesEvery) {
        return new RunLimits(settings.runs().maxWorkers(), mostWaiting, longestInput, settings.runs().timeout(), lease, journalPatience,
                drain,
                mostStreams, heartbeat, writePatience, settings.runs().retention(), placesEvery);
    }

    @Produces
    @Singleton
    ToolAccess tools(
            Tools tools,
            @ConfigProperty(name = "runs.most-turns") int mostTurns,
            @ConfigProperty(name = "tools.patience") Duration patience,
            @ConfigProperty(name = "tools.longest-result") int longestResult) {
        return new ToolAccess(tools, mostTurns, patience, longestResult);
    }

    @Produces
    @Singleton
    AttachmentAccess attachments(
            AttachmentStore store,
            @ConfigProperty(name = "attachments.memory") long memory,
            @ConfigProperty(name = "attachments.patience") Duration patience) {
        return new AttachmentAccess(store, new ByteBudget(memory), patience);
    }

    @Produces
    @Singleton
    HttpModelClient model(Settings settings, @ConfigProperty(name = "claude.connect-timeout") Duration connectTimeout,
            @ConfigProperty(name = "claude.silence") Duration silence) {
        try {
            return new HttpModelClient(settings.model(), connectTimeout, silence);
        } catch (UnusableCertificates e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    void close(@Disposes HttpModelClient model) {
        model.close();
    }

    @Produces
    @Singleton
    StreamWatch watch(RunLimits limits) {
        var watch = new StreamWatch(limits.writePatience());
        watch.start();
        return watch;
    }

    void close(@Disposes StreamWatch watch) {
        watch.close();
    }

    @Produces
    @Singleton
    Runs runs(
            Settings settings,
            RunLimits limits,
            AgentLookup agents,
            HttpModelClient model,
            ToolAccess tools,
            AttachmentAccess attachments,
            Database database,
            @Any Instance<RunRecipient> recipients,
            RunMetrics metrics,
            Tracer tracer,
            @ConfigProperty(name = "claude.prices") String prices) {
        var access = new ModelAccess(new TracedModel(new WatchedModel(model, metrics::failed)), settings.model(), RETRIES, Prices.parse(
                prices), settings
                        .demoMode());
        return new Runs(limits, agents, access, tools, attachments, database.client(), ConnectionAddress.source(settings.database()),
                recipients.stream().toList(), tracer);
    }

    @Produces
    @Singleton
    Channel cancellations(Runs runs) {
        return runs.cancellations();
    }

    @Produces
    @Singleton
    Channel news(Runs runs) {
        return runs.news();
    }

    /** Who sends requests here is to send them elsewhere once the service takes no new runs. */
    @Produces
    @Readiness
    HealthCheck takingRuns(Runs runs) {
        return () -> {
            var check = HealthCheckResponse.named("runs").status(!runs.draining());
            return runs.draining() ? check.withData("complaint", "the service is being stopped").build() : check.build();
        };
    }

    void lookAround(@Observes Revoked revoked, Runs runs) {
        runs.rouse();
    }

    void begin(@Observes DatabaseReady ready, Runs runs) {
        runs.start();
    }

    /** The server still answers meanwhile, so that streams get the last events of their runs. */
    void end(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) @BeforeDestroyed(ApplicationScoped.class) Object stopping,
            Runs runs) {
        runs.drain();
        runs.close();
    }
}
