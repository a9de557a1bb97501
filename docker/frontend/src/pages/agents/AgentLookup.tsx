import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Agent, agentQuery, agentsByName } from "../../api/agents";
import { toProblem } from "../../api/problem";
import type { FieldProps } from "../../kit/Field";
import { LookupField } from "../../kit/LookupField";
import type { Option } from "../../kit/Select";
import { useSettled } from "../../kit/useSettled";

interface AgentLookupProps extends Omit<FieldProps, "label"> {
  /** The chosen agent's id, or `none`'s; empty where nothing is chosen. */
  value: string;
  onChange(id: string): void;
  optionOf(agent: Agent): Option;
  /** A choice that is no agent. */
  none?: Option;
  compact?: boolean;
  placeholder?: string;
}

/** One of all agents, however many there are: looked up in the service by what is typed. */
export function AgentLookup({ value, onChange, optionOf, none, ...field }: AgentLookupProps) {
  const [text, setText] = useState("");
  const [picked, setPicked] = useState<Agent>();
  const typed = text.trim();
  const search = useSettled(typed);
  const found = useQuery(agentsByName(search));
  const agents = found.data?.data ?? [];
  const known = [...agents, ...(picked ? [picked] : [])].find(({ id }) => id === value);
  const isAgent = value !== "" && value !== none?.id;
  const unknown = useQuery({
    ...agentQuery(value),
    enabled: isAgent && known === undefined && !found.isPending,
  });
  const chosen = known ?? unknown.data?.value;

  function chosenOption(): Option | undefined {
    if (!isAgent) return value === none?.id ? none : undefined;
    if (chosen) return optionOf(chosen);
    return { id: value, label: unknown.isError ? "not found" : "…" };
  }

  function note(): string | undefined {
    if (found.isError) {
      return `The agents can't be looked up: ${toProblem(found.error).title}. Open this list again to retry.`;
    }
    if (found.data === undefined || found.isPlaceholderData || search !== typed) return "Loading the agents…";
    if (agents.length === 0) return search ? "No agent fits." : "There are no agents yet.";
    const hidden = found.data.meta.total - agents.length;
    return hidden > 0 ? `And ${hidden} more: type to find them.` : undefined;
  }

  return (
    <LookupField
      label="Agent"
      {...field}
      options={[...(none && typed === "" ? [none] : []), ...agents.map(optionOf)]}
      chosen={chosenOption()}
      onChange={(id) => {
        setPicked(agents.find((agent) => agent.id === id));
        onChange(id);
      }}
      onType={setText}
      onOpen={() => {
        if (found.isError) void found.refetch();
      }}
      note={note()}
    />
  );
}
