package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.runs.EventStream;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.Attachment;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import static org.awaitility.Awaitility.await;

/** Runs of a stack, each of which something befalls. The stack is whole again after each. */
final class FaultedRun {
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration HEALED = Duration.ofSeconds(60);

    private final ComposeStack stack;
    private final Runner plain;
    private final Runner withTools;
    private final int workers;

    /**
     * Runs of that stack.
     *
     * @param workers how many of them the stack works on at once
     */
    FaultedRun(ComposeStack stack, Runner plain, Runner withTools, int workers) {
        this.stack = stack;
        this.plain = plain;
        this.withTools = withTools;
        this.workers = workers;
    }

    /** What a client saw that connected again whenever it had to: every event of a run. */
    List<RunEvent> seen(FaultCell cell) {
        List<String> before = cell.point() == FaultPoint.QUEUED ? occupied() : List.of();
        Runner runner = cell.point() == FaultPoint.IN_A_TOOL_CALL ? withTools : plain;
        if (cell.point() == FaultPoint.TLS_HANDSHAKE || cell.point() == FaultPoint.CONNECT) {
            // A connection that is kept from before would need neither.
            stack.recreate(Service.STANDIN);
        }
        String input = runner.scripted(cell.cause().cut().map(cell.point()::brokenBy).orElseGet(cell.point()::answers));
        Runnable reachableAgain = hinderConnections(cell);
        String run = runner.api().start(runner.agent(), input);
        List<RunEvent> seen = new ArrayList<>();
        try (EventStream stream = runner.api().follow(run, 0).orElseThrow()) {
            seen.addAll(stream.until(cell.point().event()));
            befall(cell, runner, run, input);
        } catch (IOException e) {
            throw new UncheckedIOException("The stream of " + run + " broke off before anything befell it", e);
        }
        if (cell.cause().cut().isEmpty()) {
            reachableAgain.run();
        }
        if (cell.cause() != FaultCause.SERVICE_TERMINATED) {
            before.forEach(this::cancelled);
        }
        List<RunEvent> all = runner.api().persistently(run, seen);
        if (cell.cause().cut().isPresent()) {
            reachableAgain.run();
        }
        Healed.isAwaited(stack);
        return all;
    }

    private List<String> occupied() {
        return IntStream.range(0, workers)
                .mapToObj(i -> plain.api().start(plain.agent(), plain.scripted(script -> script.text(4000, Duration.ofMillis(10)))))
                .toList();
    }

    /** Lets nobody connect to the model where the cell is about that; what undoes it. */
    private Runnable hinderConnections(FaultCell cell) {
        if (cell.point() == FaultPoint.TLS_HANDSHAKE) {
            plain.failNextHandshake(cell.cause() == FaultCause.MODEL_RESET ? "reset" : "stall");
        }
        if (cell.point() != FaultPoint.CONNECT) {
            return () -> {};
        }
        if (cell.cause() == FaultCause.MODEL_RESET) {
            stack.compose("stop", Service.STANDIN).orThrow();
            return () -> stack.compose("start", Service.STANDIN).orThrow();
        }
        List<Attachment> networks = stack.networks().attachments(Service.STANDIN);
        stack.networks().disconnect(Service.STANDIN, networks);
        return () -> stack.networks().connect(Service.STANDIN, networks);
    }

    private void befall(FaultCell cell, Runner runner, String run, String input) {
        if (cell.point().decided() && cell.cause().cut().isEmpty()) {
            try (Connection journal = stack.database(); Statement statement = journal.createStatement()) {
                journal.setAutoCommit(false);
                statement.execute("LOCK TABLE runs.run_event IN SHARE MODE");
                runner.asked(input, request -> !request.outcome().equals("open"));
                befall(cell.cause(), runner.api(), run);
            } catch (SQLException e) {
                // Where it is the database that is killed.
                if (cell.cause() != FaultCause.POSTGRES_KILLED) {
                    throw new IllegalStateException("The journal can't be held", e);
                }
            }
        } else {
            if (cell.point() == FaultPoint.DRAIN) {
                stack.signalHostPid(Service.EXPRESS, "TERM");
            }
            befall(cell.cause(), runner.api(), run);
        }
    }

    private void befall(FaultCause cause, RunApi api, String run) {
        switch (cause) {
            case CLIENT_SLOW -> await().pollDelay(SLOW).until(() -> true);
            case CANCELLED -> api.cancel(run).orThrow();
            case SERVICE_TERMINATED -> stack.signalHostPid(Service.EXPRESS, "TERM");
            case SERVICE_KILLED -> stack.signalHostPid(Service.EXPRESS, "KILL");
            case POSTGRES_KILLED -> stack.signalHostPid(Service.POSTGRES, "KILL");
            case STRAPI_KILLED -> stack.signalHostPid(Service.STRAPI, "KILL");
            case CLIENT_GONE, MODEL_RESET, MODEL_STALL -> {
                // The stream is closed next; the model's script says the rest.
            }
        }
    }

    // A killed service has no answer until it is back, and may have ended the run itself by then.
    private void cancelled(String run) {
        await("an answer to a cancellation").atMost(HEALED).until(() -> Set.of(202, 409).contains(plain.api().cancel(run).status()));
    }
}
