import { useEffect, useState } from "react";
import { type Agent, type Reachability, reachability } from "../api/client";
import type { Agents } from "../api/useAgents";
import { ProblemNotice } from "./ProblemNotice";

interface Props {
  agents: Agents;
  selected?: string;
  onSelect(id: string): void;
}

export function AgentList({ agents, selected, onSelect }: Props) {
  return (
    <nav className="agents" aria-label="Agents">
      <h2 className="overline">
        Agents {agents.state === "ready" && agents.total > 0 && <span className="count">{agents.total}</span>}
      </h2>
      <AgentListBody agents={agents} onSelect={onSelect} {...(selected && { selected })} />
    </nav>
  );
}

function AgentListBody({ agents, selected, onSelect }: Props) {
  if (agents.state === "loading") return <Loading />;
  if (agents.state === "failed") return <Failed agents={agents} />;
  if (agents.agents.length === 0) return <Empty agents={agents} />;
  return (
    <>
      <ul className="agent-list">
        {agents.agents.map((agent) => (
          <li key={agent.id}>
            <AgentButton agent={agent} selected={agent.id === selected} onSelect={onSelect} />
          </li>
        ))}
      </ul>
      {agents.agents.length < agents.total && (
        <button type="button" className="button-quiet" onClick={agents.more}>
          Show more
        </button>
      )}
    </>
  );
}

function AgentButton(props: { agent: Agent; selected: boolean; onSelect(id: string): void }) {
  const { agent, selected, onSelect } = props;
  return (
    <button
      type="button"
      className="agent"
      aria-current={selected ? "true" : undefined}
      onClick={() => onSelect(agent.id)}
    >
      <span className="agent-name">
        {agent.name}
        {agent.enabled === false && <span className="tag">off</span>}
      </span>
      {agent.description && <span className="agent-description">{agent.description}</span>}
    </button>
  );
}

function Loading() {
  return (
    <div role="status">
      <span className="visually-hidden">Loading the agents…</span>
      <ul className="agent-list" aria-hidden="true">
        <li className="agent-ghost" />
        <li className="agent-ghost" />
        <li className="agent-ghost" />
      </ul>
    </div>
  );
}

function Empty({ agents }: { agents: Agents }) {
  return (
    <div className="empty">
      <p>There are no agents yet. Start with a plain assistant, or make your own with</p>
      <p>
        <code>POST /api/agents</code>
      </p>
      <button type="button" className="button" disabled={agents.busy} onClick={agents.createStarter}>
        {agents.busy ? "Creating…" : "Create an assistant"}
      </button>
    </div>
  );
}

function Failed({ agents }: { agents: Agents }) {
  const [reach, setReach] = useState<Reachability>();
  useEffect(() => {
    let here = true;
    void reachability().then((result) => here && setReach(result));
    return () => {
      here = false;
    };
  }, []);
  return (
    <>
      {agents.problem && (
        <ProblemNotice problem={agents.problem}>
          {reach && (
            <ul className="reach">
              <li data-up={reach.service}>The service {reach.service ? "answers" : "does not answer"}</li>
              <li data-up={reach.strapi}>Strapi {reach.strapi ? "answers" : "does not answer"}</li>
            </ul>
          )}
        </ProblemNotice>
      )}
      <button type="button" className="button" onClick={agents.reload}>
        Try again
      </button>
    </>
  );
}
