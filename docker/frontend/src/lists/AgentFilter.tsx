import { useQuery } from "@tanstack/react-query";
import { agentsQuery } from "../api/agents";
import { type Option, Select } from "../kit/Select";
import type { ListControls } from "./listState";

/** More than this many agents are found by their own pages, which lead here. */
const OFFERED = 100;

/** Narrows a list to what belongs to one agent. */
export function AgentFilter({ list }: { list: ListControls }) {
  const agents = useQuery(agentsQuery({ pageSize: OFFERED, sort: "name:asc" }));
  const options: Option[] = (agents.data?.data ?? []).map(({ id, name }) => ({ id, label: name }));
  const value = list.agent;
  if (value !== undefined && !options.some(({ id }) => id === value)) {
    options.unshift({ id: value, label: agents.isPending ? "…" : "One agent" });
  }
  return (
    <Select
      compact
      label="Agent"
      options={[{ id: "all", label: "All agents" }, ...options]}
      value={value ?? "all"}
      onChange={(id) => list.change({ agent: id === "all" ? undefined : id })}
    />
  );
}
