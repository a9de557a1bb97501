import { useQuery } from "@tanstack/react-query";
import { agentQuery, agentsByName } from "../../api/agents";

/** An agent's name; a word in its place while it isn't known, or where the agent is gone. */
export function useAgentName(id: string | undefined): string {
  const agents = useQuery(agentsByName());
  const listed = agents.data?.data.find((agent) => agent.id === id);
  const asked = id !== undefined && listed === undefined && !agents.isPending;
  const single = useQuery({ ...agentQuery(id ?? ""), enabled: asked });
  if (id === undefined) return "No agent";
  return (listed ?? single.data?.value)?.name ?? "Agent";
}
