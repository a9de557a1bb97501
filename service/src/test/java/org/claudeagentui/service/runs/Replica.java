package org.claudeagentui.service.runs;

import com.zaxxer.hikari.HikariDataSource;
import io.helidon.webserver.WebServer;
import org.claudeagentui.service.claude.HttpModelClient;
import org.claudeagentui.service.claude.Prices;
import org.claudeagentui.service.claude.RetryPolicy;
import org.claudeagentui.service.database.Notifications;
import org.claudeagentui.service.idempotency.Keys;
import org.claudeagentui.service.security.TestUsers;
import org.claudeagentui.service.settings.Secret;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.tools.ToolSelection;
import org.claudeagentui.service.tools.Tools;
import org.claudeagentui.service.tracing.Tracer;
import org.claudeagentui.service.web.ProblemException;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** One service as far as runs go, with its streams over HTTP. */
final class Replica implements AutoCloseable {

    static final AgentProfile AGENT = new AgentProfile("agent-1", "Ada", true, Optional.of("Be brief."), "haiku", OptionalDouble.of(0.5),
            OptionalDouble.empty(), OptionalInt.empty(), OptionalInt.of(100), OptionalInt.empty(), List.of("STOP"), Optional.empty(),
            OptionalInt.empty(),
            ToolSelection.NONE);

    /** Of servers that there are none of. */
    static final ToolAccess NO_TOOLS = new ToolAccess(new Tools(_ -> Optional.empty(), Set.of()), 5, Duration.ofSeconds(5), 100);

    static final RunLimits LIMITS = new RunLimits(4, 10, 1000, Duration.ofSeconds(30), Duration.ofSeconds(4), Duration.ofSeconds(10),
            Duration.ofSeconds(4), 50, Duration.ofMillis(300), Duration.ofSeconds(2), Optional.empty(), Duration.ofMillis(20));

    private final HikariDataSource pool;
    private final HttpModelClient model;
    private final StreamWatch watch;
    private final WebServer server;
    private final Runs runs;
    private final Notifications notifications;

    private Replica(LocalPostgres postgres, URI modelAddress, RunLimits limits, ToolAccess tools, ToolSelection selection,
            AttachmentAccess attachments, List<RunRecipient> recipients) throws Exception {
        pool = postgres.pool();
        var aliases = new LinkedHashMap<>(Map.of("haiku", "claude-haiku-4-5"));
        var settings = new Settings.Model(modelAddress, new Secret("key"), Optional.empty(), aliases);
        model = new HttpModelClient(settings, Duration.ofSeconds(2), Duration.ofSeconds(3));
        var access = new ModelAccess(model, settings, new RetryPolicy(3, Duration.ofMillis(50), Duration.ofSeconds(5)),
                Prices.parse("claude-haiku=1/5"), true);
        AgentLookup agents = id -> Optional.of(having(selection)).filter(agent -> agent.id().equals(id));
        runs = new Runs(limits, agents, access, tools, attachments, LocalPostgres.client(pool), postgres::connect, recipients, Tracer.OFF);
        watch = new StreamWatch(limits.writePatience());
        watch.start();
        runs.start();
        notifications = new Notifications(postgres::connect, List.of(runs.cancellations(), runs.news()));
        notifications.start();
        server = WebServer.builder()
                .connectionOptions(options -> options.tcpNoDelay(true))
                .routing(routing -> routing.addFilter((chain, _, _) -> TestUsers.User.ADMIN.caller().run(chain::proceed))
                        .register(new RunStreams(runs, new RunBodies(), watch, limits))
                        .error(ProblemException.class, (_, response, e) -> response.status(e.problem().status())
                                .send(e.problem().detail())))
                .build()
                .start();
    }

    static Replica start(LocalPostgres postgres, URI model) throws Exception {
        return start(postgres, model, limits -> limits);
    }

    static Replica start(LocalPostgres postgres, URI model, UnaryOperator<RunLimits> changes) throws Exception {
        return new Replica(postgres, model, changes.apply(LIMITS), NO_TOOLS, ToolSelection.NONE, noAttachments(), List.of());
    }

    static Replica start(LocalPostgres postgres, URI model, RunLimits limits, AttachmentAccess attachments) throws Exception {
        return new Replica(postgres, model, limits, NO_TOOLS, ToolSelection.NONE, attachments, List.of());
    }

    static Replica start(LocalPostgres postgres, URI model, RunLimits limits, ToolAccess tools, ToolSelection selection) throws Exception {
        return new Replica(postgres, model, limits, tools, selection, noAttachments(), List.of());
    }

    static Replica start(LocalPostgres postgres, URI model, RunRecipient... recipients) throws Exception {
        return new Replica(postgres, model, LIMITS, NO_TOOLS, ToolSelection.NONE, noAttachments(), List.of(recipients));
    }

    private static AttachmentAccess noAttachments() {
        return new AttachmentAccess(new FakeAttachmentStore(), new ByteBudget(0), Duration.ZERO);
    }

    private static AgentProfile having(ToolSelection tools) {
        return new AgentProfile(AGENT.id(), AGENT.name(), AGENT.enabled(), AGENT.systemPrompt(), AGENT.model(), AGENT.temperature(), AGENT
                .topP(), AGENT.topK(), AGENT.maxTokens(), AGENT.thinkingBudget(), AGENT.stopSequences(), AGENT.timeout(), AGENT.maxTurns(),
                tools);
    }

    Runs runs() {
        return runs;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Drops the events of runs that ended so long ago. */
    void retain(Duration age) {
        var journal = new Journal(LocalPostgres.client(pool), LocalPostgres.client(pool), UUID.randomUUID(), LIMITS.lease());
        new Retention(journal, new Keys(LocalPostgres.client(pool)), Optional.of(age)).apply();
    }

    /** Ends as a killed process does: nothing is finished, nothing is said. */
    void vanish() {
        pool.close();
        close();
    }

    @Override
    public void close() {
        server.stop();
        notifications.close();
        runs.close();
        watch.close();
        model.close();
        pool.close();
    }
}
