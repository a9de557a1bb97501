import {
  changeMcpServer,
  createMcpServer,
  type McpServer,
  type McpServerMembers,
  mcpServerQuery,
  type NewMcpServer,
} from "../../api/mcpServers";
import { given, parseNumber } from "../../form/parse";
import type { EntryKind, Reading } from "../../form/useEditor";
import type { Secrets } from "../../kit/PairsField";

export type Transport = McpServer["transport"];

/** What the ways to speak to a server are called. */
export const TRANSPORTS: Record<Transport, string> = {
  http: "HTTP",
  sse: "HTTP with events (older)",
  stdio: "Program",
};

/** An MCP server as the form has it. */
export interface McpServerValues {
  name: string;
  description: string;
  transport: Transport;
  url: string;
  command: string;
  args: string[];
  headers: Secrets;
  env: Secrets;
  enabled: boolean;
  startupTimeoutMs: string;
}

export const NEW_MCP_SERVER: McpServerValues = {
  name: "",
  description: "",
  transport: "http",
  url: "",
  command: "",
  args: [],
  headers: undefined,
  env: undefined,
  enabled: true,
  startupTimeoutMs: "",
};

export function mcpServerValues(server: McpServer): McpServerValues {
  return {
    name: server.name,
    description: server.description ?? "",
    transport: server.transport,
    url: server.url ?? "",
    command: server.command ?? "",
    args: server.args ?? [],
    headers: undefined,
    env: undefined,
    enabled: !server.disabled,
    startupTimeoutMs: server.startupTimeoutMs ? String(server.startupTimeoutMs / 1000) : "",
  };
}

/** The secrets to be stored; an error where one is only half said. */
function readSecrets(secrets: Secrets): { value: Record<string, string> | undefined } | { error: string } {
  if (secrets === undefined) return { value: undefined };
  const said = secrets
    .map(({ name, value }) => ({ name: name.trim(), value }))
    .filter(({ name, value }) => name !== "" || value !== "");
  if (said.some(({ name, value }) => name === "" || value === "")) {
    return {
      error:
        "need a name and a value each. Stored values aren't shown: type them again, or keep what is stored.",
    };
  }
  if (new Set(said.map(({ name }) => name)).size < said.length)
    return { error: "have to have names of their own" };
  return { value: Object.fromEntries(said.map(({ name, value }) => [name, value])) };
}

const SECONDS = { min: 0.5, max: 120, decimal: true };

export function readMcpServer(values: McpServerValues): Reading<NewMcpServer> {
  const errors: Record<string, string> = {};
  const { transport } = values;
  const program = transport === "stdio";
  const name = values.name.trim();
  const url = values.url.trim();
  const command = values.command.trim();
  if (name === "") errors["name"] = "is needed: its tools' names begin with it";
  if (!program && url === "") errors["url"] = "is needed, such as https://example.com/mcp";
  if (program && command === "")
    errors["command"] = "is needed: the path of a program that the operator allows";

  const member = program ? "env" : "headers";
  const secrets = readSecrets(values[member]);
  if ("error" in secrets) errors[member] = secrets.error;
  const seconds = parseNumber(values.startupTimeoutMs, SECONDS);
  if ("error" in seconds) errors["startupTimeoutMs"] = seconds.error;

  const members: NewMcpServer = {
    name,
    transport,
    disabled: !values.enabled,
    ...given("description", values.description.trim()),
    ...(program ? { command, args: values.args } : { url }),
    ...given(member, "value" in secrets ? secrets.value : undefined),
    ...given(
      "startupTimeoutMs",
      "value" in seconds && seconds.value ? Math.round(seconds.value * 1000) : undefined,
    ),
  };
  return Object.keys(errors).length > 0 ? { errors } : { members };
}

export const mcpServerKind: EntryKind<McpServer, McpServerValues, NewMcpServer> = {
  noun: "MCP server",
  remembered: ["mcp-servers"],
  labels: {
    name: "name",
    description: "description",
    transport: "transport",
    url: "address",
    headers: "headers",
    command: "program",
    args: "arguments",
    env: "environment",
    disabled: "in use",
    startupTimeoutMs: "time to start",
  },
  values: mcpServerValues,
  read: readMcpServer,
  find: (client, id) => client.fetchQuery({ ...mcpServerQuery(id), staleTime: 0 }),
  create: createMcpServer,
  change: (id, changes, etag) => changeMcpServer(id, changes as McpServerMembers, etag),
};
