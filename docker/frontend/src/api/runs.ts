import { API_URL, api, content, type Schemas } from "./client";

export type RunSummary = Schemas["Run"];

export function createRun(agentId: string, input: string): Promise<RunSummary> {
  return content(api.POST("/runs", { body: { agentId, input } }));
}

export function readRun(id: string, signal: AbortSignal): Promise<RunSummary> {
  return content(api.GET("/runs/{id}", { params: { path: { id } }, signal }));
}

export async function cancelRun(id: string): Promise<void> {
  await api.POST("/runs/{id}/cancel", { params: { path: { id } } });
}

export function eventsUrl(runId: string): string {
  return `${API_URL}/runs/${encodeURIComponent(runId)}/events`;
}
