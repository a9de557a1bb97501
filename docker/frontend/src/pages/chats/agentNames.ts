import { useQuery } from "@tanstack/react-query";
import { type Agent, agentsQuery } from "../../api/agents";

const MOST = 100;

/** The agents that one can choose from, by name. */
export function useAgents(): { agents: Agent[]; pending: boolean } {
  const agents = useQuery(agentsQuery({ pageSize: MOST, sort: "name:asc" }));
  return { agents: agents.data?.data ?? [], pending: agents.isPending };
}

/** An agent's name; a word in its place while it isn't known, or where the agent is gone. */
export function nameOf(agents: readonly Agent[], id: string | undefined): string {
  if (id === undefined) return "No agent";
  return agents.find((agent) => agent.id === id)?.name ?? "Agent";
}
