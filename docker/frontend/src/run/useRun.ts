import { useCallback, useEffect, useRef, useState } from "react";
import { type Problem, toProblem } from "../api/problem";
import { cancelRun, createRun, eventsUrl, type RunSummary, readRun } from "../api/runs";
import type { RunEvent } from "./events";
import { type Connection, followRun } from "./follow";
import { foldEvents, hasEnded, NEW_RUN, type RunView } from "./view";

/** Events that arrive within one frame are shown together. */
const FRAME_MS = 16;
/** A tab out of sight gives its connection back: browsers allow six an origin over HTTP/1.1. */
const HIDDEN_MS = 10_000;

export interface RunControls {
  run?: RunSummary;
  view: RunView;
  connection: Connection;
  starting: boolean;
  stopping: boolean;
  problem?: Problem;
  start(agentId: string, input: string): Promise<boolean>;
  stop(): Promise<void>;
  /** Goes on with a stream that was given up. */
  resume(): void;
}

function runIdInAddress(): string | undefined {
  return /^#run=([\w-]+)$/.exec(window.location.hash)?.[1];
}

function putRunInAddress(id: string): void {
  window.history.replaceState(null, "", `#run=${id}`);
}

/** Starts a run and follows it; a reloaded page finds its run again by the address. */
export function useRun(): RunControls {
  const [run, setRun] = useState<RunSummary>();
  const [view, setView] = useState<RunView>(NEW_RUN);
  const [connection, setConnection] = useState<Connection>("connecting");
  const [starting, setStarting] = useState(false);
  const [stopping, setStopping] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const following = useRef<AbortController>(undefined);
  const lastSeq = useRef(0);

  const follow = useCallback(async (id: string) => {
    following.current?.abort();
    const controller = new AbortController();
    following.current = controller;
    let pending: RunEvent[] = [];
    const flush = () => {
      const events = pending;
      pending = [];
      // Another stream took over: it asks again for what is dropped here.
      if (following.current !== controller) return;
      lastSeq.current = events.at(-1)?.seq ?? lastSeq.current;
      setView((current) => foldEvents(current, events));
    };
    try {
      await followRun({
        url: eventsUrl(id),
        lastSeq: lastSeq.current,
        signal: controller.signal,
        onConnection: setConnection,
        onEvent: (event) => {
          pending.push(event);
          if (pending.length === 1) setTimeout(flush, FRAME_MS);
        },
      });
    } catch (error) {
      if (controller.signal.aborted) return;
      setConnection("lost");
      setProblem(toProblem(error));
    }
  }, []);

  const show = useCallback(
    (summary: RunSummary) => {
      lastSeq.current = 0;
      setRun(summary);
      setView(NEW_RUN);
      setStopping(false);
      setProblem(undefined);
      void follow(summary.id);
    },
    [follow],
  );

  useEffect(() => {
    const id = runIdInAddress();
    const leaving = new AbortController();
    if (id !== undefined) {
      readRun(id, leaving.signal).then(show, (error: unknown) => {
        if (!leaving.signal.aborted) setProblem(toProblem(error));
      });
    }
    return () => {
      leaving.abort();
      following.current?.abort();
    };
  }, [show]);

  const followedId = run !== undefined && !hasEnded(view) ? run.id : undefined;
  useEffect(() => {
    if (followedId === undefined) return;
    let leaving: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(leaving);
      if (document.hidden) leaving = setTimeout(() => following.current?.abort(), HIDDEN_MS);
      else if (following.current?.signal.aborted) void follow(followedId);
    };
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(leaving);
      document.removeEventListener("visibilitychange", look);
    };
  }, [followedId, follow]);

  // A cancelled or failed run's events carry no price; the run itself does.
  const priceMissing = run !== undefined && hasEnded(view) && view.costUsd === undefined;
  useEffect(() => {
    if (!priceMissing) return;
    const leaving = new AbortController();
    readRun(run.id, leaving.signal).then(
      ({ costUsd }) => {
        if (costUsd !== undefined) setView((current) => ({ ...current, costUsd }));
      },
      // The run is shown in full without its price.
      () => undefined,
    );
    return () => leaving.abort();
  }, [priceMissing, run]);

  const start = useCallback(
    async (agentId: string, input: string) => {
      setStarting(true);
      setProblem(undefined);
      try {
        const summary = await createRun(agentId, input);
        putRunInAddress(summary.id);
        show({ ...summary, input });
        return true;
      } catch (error) {
        setProblem(toProblem(error));
        return false;
      } finally {
        setStarting(false);
      }
    },
    [show],
  );

  const stop = useCallback(async () => {
    if (run === undefined) return;
    setStopping(true);
    try {
      await cancelRun(run.id);
    } catch (error) {
      const refused = toProblem(error);
      setStopping(false);
      // 409: it ended meanwhile, which the stream tells.
      if (refused.status !== 409) setProblem(refused);
    }
  }, [run]);

  const resume = useCallback(() => {
    setProblem(undefined);
    if (run !== undefined) void follow(run.id);
  }, [run, follow]);

  return {
    ...(run && { run }),
    view,
    connection,
    starting,
    stopping,
    ...(problem && { problem }),
    start,
    stop,
    resume,
  };
}
