import type { Agent } from "../../api/agents";
import type { Option } from "../../kit/Select";
import type { ListControls } from "../../lists/listState";
import { AgentLookup } from "./AgentLookup";

const ALL: Option = { id: "all", label: "All agents" };

function optionOf({ id, name }: Agent): Option {
  return { id, label: name };
}

/** Narrows a list to what belongs to one agent. */
export function AgentFilter({ list }: { list: ListControls }) {
  return (
    <AgentLookup
      compact
      value={list.agent ?? ALL.id}
      onChange={(id) => list.change({ agent: id === ALL.id ? undefined : id })}
      optionOf={optionOf}
      none={ALL}
    />
  );
}
