import { useCallback, useEffect, useState } from "react";
import { type Agent, createStarterAgent, listAgents } from "./client";
import { type Problem, toProblem } from "./problem";

export interface Agents {
  state: "loading" | "ready" | "failed";
  agents: Agent[];
  total: number;
  problem?: Problem;
  busy: boolean;
  reload(): void;
  more(): void;
  createStarter(): Promise<void>;
}

interface Loaded {
  state: Agents["state"];
  agents: Agent[];
  total: number;
  page: number;
  problem?: Problem;
}

const NOTHING: Loaded = { state: "loading", agents: [], total: 0, page: 0 };

/** The agents, page by page. */
export function useAgents(): Agents {
  const [loaded, setLoaded] = useState<Loaded>(NOTHING);
  const [wanted, setWanted] = useState({ page: 1 });
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const leaving = new AbortController();
    listAgents(wanted.page, leaving.signal).then(
      ({ agents, total }) =>
        setLoaded((before) => ({
          state: "ready",
          agents: wanted.page === 1 ? agents : [...before.agents, ...agents],
          total,
          page: wanted.page,
        })),
      (error: unknown) => {
        if (!leaving.signal.aborted)
          setLoaded((before) => ({ ...before, state: "failed", problem: toProblem(error) }));
      },
    );
    return () => leaving.abort();
  }, [wanted]);

  const reload = useCallback(() => {
    setLoaded(NOTHING);
    setWanted({ page: 1 });
  }, []);

  const more = useCallback(() => setWanted({ page: loaded.page + 1 }), [loaded.page]);

  const createStarter = useCallback(async () => {
    setBusy(true);
    try {
      await createStarterAgent();
      reload();
    } catch (error) {
      setLoaded((before) => ({ ...before, state: "failed", problem: toProblem(error) }));
    } finally {
      setBusy(false);
    }
  }, [reload]);

  const { state, agents, total, problem } = loaded;
  return { state, agents, total, ...(problem && { problem }), busy, reload, more, createStarter };
}
