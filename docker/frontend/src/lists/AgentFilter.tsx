import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { agentsQuery } from "../api/agents";
import type { Option } from "../kit/Select";
import { Filter } from "./ListTools";

const ID = /^[A-Za-z0-9]{1,64}$/;
/** More than this many agents are found by their own pages, which lead here. */
const OFFERED = 100;

/** The agent that the address names as a filter; what can't be one counts as none. */
export function useAgentInAddress(): string | undefined {
  const agent = useSearchParams()[0].get("agent") ?? "";
  return ID.test(agent) ? agent : undefined;
}

/** Narrows a list to what belongs to one agent. */
export function AgentFilter(props: { value: string | undefined; onChange(agent: string | undefined): void }) {
  const agents = useQuery(agentsQuery({ pageSize: OFFERED, sort: "name:asc" }));
  const options: Option[] = (agents.data?.data ?? []).map(({ id, name }) => ({ id, label: name }));
  const { value } = props;
  if (value !== undefined && !options.some(({ id }) => id === value)) {
    options.unshift({ id: value, label: agents.isPending ? "…" : "One agent" });
  }
  return (
    <Filter
      label="Agent"
      options={[{ id: "all", label: "All agents" }, ...options]}
      value={value}
      onChange={props.onChange}
    />
  );
}
