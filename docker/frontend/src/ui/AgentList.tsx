import type { Agent } from "../api/client";
import type { Agents } from "../api/useAgents";

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
      {agents.state === "loading" && <Ghosts />}
      {agents.state === "ready" && agents.total === 0 && <p className="agents-note">None yet</p>}
      {agents.state === "failed" && <p className="agents-note">Not available</p>}
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
    </nav>
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

function Ghosts() {
  return (
    <div role="status">
      <span className="visually-hidden">Loading the agents…</span>
      <div className="agent-list" aria-hidden="true">
        <div className="agent-ghost" />
        <div className="agent-ghost" />
        <div className="agent-ghost" />
      </div>
    </div>
  );
}
