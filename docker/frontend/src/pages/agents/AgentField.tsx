import type { Agent } from "../../api/agents";
import type { Option } from "../../kit/Select";
import { AgentLookup } from "./AgentLookup";

interface AgentFieldProps {
  value: string;
  onChange(id: string): void;
  error: string | undefined;
  required?: boolean;
}

function optionOf({ id, name, enabled, description }: Agent): Option {
  return { id, label: enabled ? name : `${name} (off)`, ...(description && { description }) };
}

/** Whom a form's work is for. */
export function AgentField({ value, onChange, error, required = false }: AgentFieldProps) {
  return (
    <AgentLookup
      value={value}
      onChange={onChange}
      error={error}
      required={required}
      optionOf={optionOf}
      placeholder="Type to search"
    />
  );
}
