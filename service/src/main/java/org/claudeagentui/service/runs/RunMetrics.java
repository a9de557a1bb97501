package org.claudeagentui.service.runs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.claudeagentui.service.claude.ModelFailure;
import org.claudeagentui.service.claude.TokenUsage;
import org.claudeagentui.service.wiring.Single;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Figures of the runs that this replica works on, for who watches the stack. */
@Single
final class RunMetrics implements CommitListener {
    private static final int MOST_REMEMBERED = 10_000;
    private static final Metadata RUNS = described("runs", "Runs that have ended, by how");
    private static final Metadata TOKENS = described("run_tokens", "Tokens that runs took until they ended, by kind");
    private static final Metadata FAILURES = described("model_request_failures", "Requests to the model that failed, by why");

    private final MetricRegistry registry;
    private final Timer duration;
    private final Timer firstToken;
    private final Timer commit;
    /** Bounded, because a run that is lost to another replica has no end here. */
    private final Map<RunId, Boolean> answering = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    @Inject
    RunMetrics(MetricRegistry registry) {
        this.registry = registry;
        duration = registry.timer(described("run_duration", "From a run's start to its end"));
        firstToken = registry.timer(described("run_time_to_first_token", "From a run's start to the first text or thought in the journal"));
        commit = registry.timer(described("journal_commit", "How long a commit of the journal takes"));
        List.of(RunState.COMPLETED, RunState.FAILED, RunState.CANCELLED).forEach(state -> ended(state, 0));
        count(TokenUsage.NONE);
    }

    void register(@Observes @Initialized(ApplicationScoped.class) Object started, Runs runs, RunStreams streams) {
        runs.heardBy(this);
        gauge("runs_running", "Runs that are being worked on", runs, Runs::running);
        gauge("runs_waiting", "Runs that wait for their turn", runs, Runs::waiting);
        gauge("run_streams_open", "Open streams of events", streams, RunStreams::open);
    }

    @Override
    public void committed(List<JournalEntry> entries, Duration took) {
        commit.update(took);
        entries.forEach(this::count);
    }

    /** Counts a request that the model failed. */
    void failed(ModelFailure failure) {
        registry.counter(FAILURES, new Tag("kind", failure.kind())).inc();
    }

    private void count(JournalEntry entry) {
        Run run = entry.run();
        switch (entry.event().type()) {
            case "text.delta", "thinking.delta" -> {
                // The start of one that another replica left was no start of this one.
                if (answering.put(run.id(), true) == null && entry.tenure().isFirst()) {
                    run.startedAt().ifPresent(start -> firstToken.update(Duration.between(start, Instant.now())));
                }
            }
            case "run.completed", "run.failed", "run.cancelled" -> {
                answering.remove(run.id());
                ended(run.state(), 1);
                count(run.usage().map(RunUsage::tokens).orElse(TokenUsage.NONE));
                run.startedAt().ifPresent(start -> run.endedAt().ifPresent(end -> duration.update(Duration.between(start, end))));
            }
            default -> {
                // Tells nothing that is counted.
            }
        }
    }

    private void ended(RunState state, long runs) {
        registry.counter(RUNS, new Tag("outcome", state.wireName())).inc(runs);
    }

    private void count(TokenUsage tokens) {
        count("input", tokens.inputTokens());
        count("output", tokens.outputTokens());
        count("cache_creation", tokens.cacheCreationInputTokens());
        count("cache_read", tokens.cacheReadInputTokens());
    }

    private void count(String kind, long tokens) {
        registry.counter(TOKENS, new Tag("kind", kind)).inc(tokens);
    }

    private <T> void gauge(String name, String what, T of, ToIntFunction<T> value) {
        registry.gauge(described(name, what), of, value::applyAsInt);
    }

    private static Metadata described(String name, String what) {
        return Metadata.builder().withName(name).withDescription(what).build();
    }
}
