import type { Agent, AgentMembers, NewAgent } from "../../api/agents";
import { agentQuery, changeAgent, createAgent } from "../../api/agents";
import { given, parseNumber, parseObject } from "../../form/parse";
import type { EntryKind, Reading } from "../../form/useEditor";

/** How the model picks its words; temperature and top-p exclude each other. */
export type Sampling = "default" | "temperature" | "topP";

/** An agent as the form has it: numbers as they are typed. */
export interface AgentValues {
  name: string;
  slug: string;
  description: string;
  systemPrompt: string;
  enabled: boolean;
  model: string;
  sampling: Sampling;
  temperature: string;
  topP: string;
  topK: string;
  maxTokens: string;
  thinkingBudget: string;
  stopSequences: string[];
  timeoutMs: string;
  maxTurns: string;
  allowedTools: string[];
  disallowedTools: string[];
  skills: string[];
  mcpServers: string[];
  metadata: string;
}

export const NEW_AGENT: AgentValues = {
  name: "",
  slug: "",
  description: "",
  systemPrompt: "",
  enabled: true,
  model: "",
  sampling: "default",
  temperature: "",
  topP: "",
  topK: "",
  maxTokens: "",
  thinkingBudget: "",
  stopSequences: [],
  timeoutMs: "",
  maxTurns: "",
  allowedTools: [],
  disallowedTools: [],
  skills: [],
  mcpServers: [],
  metadata: "",
};

const LABELS: Record<Exclude<keyof AgentValues, "sampling">, string> = {
  name: "name",
  slug: "short name",
  description: "description",
  systemPrompt: "instructions",
  enabled: "switched on",
  model: "model",
  temperature: "temperature",
  topP: "top-p",
  topK: "top-k",
  maxTokens: "longest answer",
  thinkingBudget: "thinking",
  stopSequences: "stop sequences",
  timeoutMs: "time limit",
  maxTurns: "turn limit",
  allowedTools: "allowed tools",
  disallowedTools: "disallowed tools",
  skills: "skills",
  mcpServers: "MCP servers",
  metadata: "metadata",
};

function typed(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

function samplingOf(agent: Agent): Sampling {
  if (typeof agent.temperature === "number") return "temperature";
  return typeof agent.topP === "number" ? "topP" : "default";
}

export function agentValues(agent: Agent): AgentValues {
  return {
    name: agent.name,
    slug: agent.slug ?? "",
    description: agent.description ?? "",
    systemPrompt: agent.systemPrompt,
    enabled: agent.enabled,
    model: agent.model ?? "",
    sampling: samplingOf(agent),
    temperature: typed(agent.temperature),
    topP: typed(agent.topP),
    topK: typed(agent.topK),
    maxTokens: typed(agent.maxTokens),
    thinkingBudget: typed(agent.thinkingBudget),
    stopSequences: agent.stopSequences ?? [],
    timeoutMs: agent.timeoutMs ? String(agent.timeoutMs / 1000) : "",
    maxTurns: typed(agent.maxTurns),
    allowedTools: agent.allowedTools ?? [],
    disallowedTools: agent.disallowedTools ?? [],
    skills: agent.skills ?? [],
    mcpServers: agent.mcpServers ?? [],
    metadata: Object.keys(agent.metadata ?? {}).length > 0 ? JSON.stringify(agent.metadata, null, 2) : "",
  };
}

/** A copy to begin another agent with: its name and short name have to be its own. */
export function copiedValues(agent: Agent): AgentValues {
  return { ...agentValues(agent), name: `Copy of ${agent.name}`.slice(0, 100), slug: "" };
}

const NUMBERS = {
  topK: { min: 1, max: 500 },
  maxTokens: { min: 1, max: 1_000_000 },
  thinkingBudget: { min: 1024, max: 1_000_000 },
  maxTurns: { min: 1, max: 50 },
} as const;
const UNIT = { min: 0, max: 1, decimal: true };
const SECONDS = { min: 1, max: 3600, decimal: true };

export function readAgent(values: AgentValues): Reading<NewAgent> {
  const errors: Record<string, string> = {};

  function number(name: string, text: string, bounds: { min: number; max: number; decimal?: boolean }) {
    const parsed = parseNumber(text, bounds);
    if ("error" in parsed) errors[name] = parsed.error;
    else return parsed.value;
    return undefined;
  }

  const name = values.name.trim();
  if (name === "") errors["name"] = "is needed, so that people find the agent";
  if (values.systemPrompt.trim().length < 10) {
    errors["systemPrompt"] = "are needed: at least ten characters that tell the model what to do";
  }
  const sampled =
    values.sampling === "default" ? undefined : number(values.sampling, values[values.sampling], UNIT);
  if (values.sampling !== "default" && sampled === undefined) {
    errors[values.sampling] ??= "has to be a number from 0 to 1, or choose the model's own";
  }
  const seconds = number("timeoutMs", values.timeoutMs, SECONDS);
  const metadata = parseObject(values.metadata);
  if ("error" in metadata) errors["metadata"] = metadata.error;

  const members: NewAgent = {
    name,
    systemPrompt: values.systemPrompt,
    enabled: values.enabled,
    stopSequences: values.stopSequences,
    allowedTools: values.allowedTools,
    disallowedTools: values.disallowedTools,
    skills: values.skills,
    mcpServers: values.mcpServers,
    metadata: "value" in metadata ? metadata.value : {},
    ...given("slug", values.slug.trim()),
    ...given("description", values.description.trim()),
    ...given("model", values.model.trim()),
    ...given("temperature", values.sampling === "temperature" ? sampled : undefined),
    ...given("topP", values.sampling === "topP" ? sampled : undefined),
    ...given("topK", number("topK", values.topK, NUMBERS.topK)),
    ...given("maxTokens", number("maxTokens", values.maxTokens, NUMBERS.maxTokens)),
    ...given("thinkingBudget", number("thinkingBudget", values.thinkingBudget, NUMBERS.thinkingBudget)),
    ...given("timeoutMs", seconds === undefined ? undefined : Math.round(seconds * 1000)),
    ...given("maxTurns", number("maxTurns", values.maxTurns, NUMBERS.maxTurns)),
  };
  return Object.keys(errors).length > 0 ? { errors } : { members };
}

export const agentKind: EntryKind<Agent, AgentValues, NewAgent> = {
  noun: "agent",
  remembered: ["agents"],
  labels: LABELS,
  values: agentValues,
  read: readAgent,
  find: (client, id) => client.fetchQuery({ ...agentQuery(id), staleTime: 0 }),
  create: createAgent,
  change: (id, changes, etag) => changeAgent(id, changes as AgentMembers, etag),
};
