import { ProblemError, problemFrom } from "./problem";

const EXPRESS_URL = (import.meta.env.VITE_EXPRESS_URL ?? "/api").replace(/\/+$/, "");
const STRAPI_URL = (import.meta.env.VITE_STRAPI_URL ?? "/strapi/api").replace(/\/+$/, "");
const DEADLINE_MS = 20_000;
const PAGE_SIZE = 50;

export interface Agent {
  id: string;
  name: string;
  description?: string;
  model?: string;
  enabled?: boolean;
}

export interface User {
  id: string;
  name: string;
  email: string;
  role: "user" | "administrator";
}

/** Told to the window when the server no longer knows who is signed in. */
export const SIGNED_OUT = "signed-out";

export interface AgentPage {
  agents: Agent[];
  total: number;
}

export interface About {
  version?: string;
  demoMode?: boolean;
  models?: Record<string, string>;
}

/** The part of a run that its events don't repeat. */
export interface RunSummary {
  id: string;
  agentId: string;
  input: string;
  costUsd?: number;
}

async function call(path: string, init: RequestInit = {}): Promise<unknown> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
  const response = await fetch(`${EXPRESS_URL}${path}`, {
    ...init,
    signal,
    headers: { Accept: "application/json", ...init.headers },
  });
  if (response.status === 401) window.dispatchEvent(new Event(SIGNED_OUT));
  if (!response.ok) throw new ProblemError(await problemFrom(response));
  return response.status === 204 ? undefined : response.json();
}

function post(path: string, body: unknown): Promise<unknown> {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** Who is signed in; nobody where the server asks for a password. */
export async function currentUser(signal: AbortSignal): Promise<User | undefined> {
  try {
    return ((await call("/session", { signal })) as { user: User }).user;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) return undefined;
    throw error;
  }
}

export async function signIn(identifier: string, password: string): Promise<User> {
  return ((await post("/session", { identifier, password })) as { user: User }).user;
}

export async function signOut(): Promise<void> {
  await call("/session", { method: "DELETE" });
}

export async function listAgents(page: number, signal: AbortSignal): Promise<AgentPage> {
  const query = `page=${page}&pageSize=${PAGE_SIZE}&sort=name:asc`;
  const answer = (await call(`/agents?${query}`, { signal })) as { data: Agent[]; meta: { total: number } };
  return { agents: answer.data, total: answer.meta.total };
}

/** What an empty installation is offered, so that its first run is one click away. */
export async function createStarterAgent(): Promise<Agent> {
  return (await post("/agents", {
    name: "Assistant",
    description: "A plain, helpful assistant. A place to start from.",
    systemPrompt: "You are a helpful assistant. Answer plainly and to the point.",
  })) as Agent;
}

export async function about(signal: AbortSignal): Promise<About> {
  return (await call("/about", { signal })) as About;
}

export async function createRun(agentId: string, input: string): Promise<RunSummary> {
  return (await post("/runs", { agentId, input })) as RunSummary;
}

export async function readRun(id: string, signal: AbortSignal): Promise<RunSummary> {
  return (await call(`/runs/${encodeURIComponent(id)}`, { signal })) as RunSummary;
}

export async function cancelRun(id: string): Promise<void> {
  await post(`/runs/${encodeURIComponent(id)}/cancel`, {});
}

export function eventsUrl(runId: string): string {
  return `${EXPRESS_URL}/runs/${encodeURIComponent(runId)}/events`;
}

export interface Reachability {
  service: boolean;
  strapi: boolean;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000), cache: "no-store" });
    return response.ok || response.status === 401;
  } catch {
    return false;
  }
}

/** Tells which part is away, for the reader who has to do something about it. */
export async function reachability(): Promise<Reachability> {
  const [service, strapi] = await Promise.all([
    answers(`${EXPRESS_URL}/about`),
    answers(`${STRAPI_URL.replace(/\/api$/, "")}/_health`),
  ]);
  return { service, strapi };
}
