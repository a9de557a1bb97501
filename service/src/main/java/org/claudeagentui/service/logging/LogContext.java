package org.claudeagentui.service.logging;

import java.util.Optional;
import java.util.concurrent.Callable;

/** What the current thread is working on; stands in each line that it logs. */
public final class LogContext {
    private static final ScopedValue<String> REQUEST = ScopedValue.newInstance();
    private static final ScopedValue<String> RUN = ScopedValue.newInstance();
    private static final ScopedValue<String> TRACE = ScopedValue.newInstance();

    private LogContext() {
    }

    /**
     * Works on a request.
     *
     * @param requestId the request's id
     * @param work what to do meanwhile
     */
    public static void withRequest(String requestId, Runnable work) {
        ScopedValue.where(REQUEST, requestId).run(work);
    }

    /**
     * Works on a run.
     *
     * @param runId the run's id
     * @param work what to do meanwhile
     */
    public static void withRun(String runId, Runnable work) {
        ScopedValue.where(RUN, runId).run(work);
    }

    /**
     * Works on a run, for a result.
     *
     * @param <T> type of the result
     * @param runId the run's id
     * @param work what to do meanwhile
     * @return what the work returned
     * @throws Exception what the work threw
     */
    public static <T> T callWithRun(String runId, Callable<T> work) throws Exception {
        return ScopedValue.where(RUN, runId).call(work::call);
    }

    /**
     * Works on a part of a trace.
     *
     * @param traceId the trace's id
     * @param work what to do meanwhile
     */
    public static void withTrace(String traceId, Runnable work) {
        ScopedValue.where(TRACE, traceId).run(work);
    }

    /** The id of the trace that this thread's work belongs to, if any. */
    public static Optional<String> traceId() {
        return TRACE.isBound() ? Optional.of(TRACE.get()) : Optional.empty();
    }

    /** The id of the request that this thread works on, if any. */
    public static Optional<String> requestId() {
        return REQUEST.isBound() ? Optional.of(REQUEST.get()) : Optional.empty();
    }

    /** The id of the run that this thread works on, if any. */
    public static Optional<String> runId() {
        return RUN.isBound() ? Optional.of(RUN.get()) : Optional.empty();
    }
}
