import { useEffect, useState } from "react";
import { type About, about, type User } from "../api/client";
import { useAgents } from "../api/useAgents";
import { useRun } from "../run/useRun";
import { hasEnded } from "../run/view";
import { AgentList } from "./AgentList";
import { Composer } from "./Composer";
import { AgentsUnavailable, FirstAgent } from "./NoAgents";
import { ProblemNotice } from "./ProblemNotice";
import { RunPanel } from "./RunPanel";

function useAbout(): About {
  const [known, setKnown] = useState<About>({});
  useEffect(() => {
    const leaving = new AbortController();
    // Without it the page only lacks its version line.
    about(leaving.signal).then(setKnown, () => undefined);
    return () => leaving.abort();
  }, []);
  return known;
}

export function App({ user, onSignOut }: { user: User; onSignOut: () => void }) {
  const known = useAbout();
  const agents = useAgents();
  const run = useRun();
  const [chosen, setChosen] = useState<string>();

  const selectedId = chosen ?? run.run?.agentId;
  const agent = agents.agents.find(({ id }) => id === selectedId) ?? agents.agents[0];
  const busy = run.run !== undefined && !hasEnded(run.view) && run.connection !== "lost" && !run.problem;
  const demo = known.demoMode === true || run.view.demo === true;

  function blocked(): string | undefined {
    if (agent?.enabled === false) return "This agent is switched off. Enable it to run it.";
    return busy ? "One run at a time here: stop this one or let it finish." : undefined;
  }
  const reason = blocked();

  return (
    <>
      <a className="skip" href="#main">
        Skip to the agent
      </a>
      <header>
        {demo && (
          <p className="demo">
            <strong>Demo mode.</strong> Answers come from a stand-in, not from Claude, and cost nothing.
          </p>
        )}
        <div className="masthead">
          <h1>Claude Agent UI</h1>
          {known.version && <p className="version">{known.version}</p>}
          <p className="user">
            <span>{user.name}</span>
            <button type="button" className="button-quiet" onClick={onSignOut}>
              Sign out
            </button>
          </p>
        </div>
      </header>
      <div className="layout">
        <AgentList agents={agents} onSelect={setChosen} {...(agent && { selected: agent.id })} />
        <main id="main" tabIndex={-1}>
          {agents.state === "ready" && agents.total === 0 && <FirstAgent agents={agents} />}
          {agents.state === "failed" && agents.problem && (
            <AgentsUnavailable agents={agents} problem={agents.problem} />
          )}
          {agent && (
            <section className="stage" aria-label={agent.name}>
              <div className="agent-head">
                <h2>{agent.name}</h2>
                {agent.model && <p className="tag">{agent.model}</p>}
              </div>
              {agent.description && <p className="lede">{agent.description}</p>}
              <Composer
                key={agent.id}
                agentName={agent.name}
                starting={run.starting}
                onRun={(input) => run.start(agent.id, input)}
                {...(reason && { blocked: reason })}
              />
            </section>
          )}
          {run.problem && <ProblemNotice problem={run.problem} />}
          {run.run && (
            <RunPanel
              key={run.run.id}
              run={run.run}
              view={run.view}
              connection={run.connection}
              stopping={run.stopping}
              onStop={run.stop}
              onResume={run.resume}
            />
          )}
        </main>
      </div>
    </>
  );
}
