import { useEffect, useState } from "react";
import { type Reachability, reachability } from "../api/client";
import type { Problem } from "../api/problem";
import type { Agents } from "../api/useAgents";
import { ProblemNotice } from "./ProblemNotice";

/** What stands on the stage of an installation without agents: the way to the first one. */
export function FirstAgent({ agents }: { agents: Agents }) {
  return (
    <section className="stage">
      <h2>No agents yet</h2>
      <p className="lede">
        An agent is a model with instructions of its own. Start with a plain assistant and run it right away,
        or describe your own with <code>POST /api/agents</code>.
      </p>
      <button
        type="button"
        className="button button-primary stage-action"
        disabled={agents.busy}
        onClick={agents.createStarter}
      >
        {agents.busy ? "Creating…" : "Create an assistant"}
      </button>
    </section>
  );
}

/** Why there is nothing to show, which part is away, and what to do. */
export function AgentsUnavailable({ agents, problem }: { agents: Agents; problem: Problem }) {
  const [reach, setReach] = useState<Reachability>();
  useEffect(() => {
    let here = true;
    void reachability().then((result) => here && setReach(result));
    return () => {
      here = false;
    };
  }, []);
  return (
    <section className="stage">
      <h2>The agents can't be shown</h2>
      <ProblemNotice problem={problem}>
        {reach && (
          <ul className="reach">
            <li data-up={reach.service}>The service {reach.service ? "answers" : "does not answer"}</li>
            <li data-up={reach.strapi}>Strapi {reach.strapi ? "answers" : "does not answer"}</li>
          </ul>
        )}
      </ProblemNotice>
      <button type="button" className="button stage-action" onClick={agents.reload}>
        Try again
      </button>
    </section>
  );
}
