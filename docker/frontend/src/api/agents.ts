import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { paths } from "../../generated/api";
import { api, content, onlyIf, type Schemas, type Stated, stated } from "./client";

export type Agent = Schemas["Agent"];
export type AgentMembers = Schemas["AgentMembers"];
export type NewAgent = NonNullable<
  paths["/api/agents"]["post"]["requestBody"]
>["content"]["application/json"];
export type AgentListQuery = NonNullable<paths["/api/agents"]["get"]["parameters"]["query"]>;

/** The prefix of everything remembered of agents, for invalidation. */
export const AGENTS = ["agents"] as const;

export function agentsQuery(query: AgentListQuery) {
  return queryOptions({
    queryKey: [...AGENTS, "list", query],
    queryFn: ({ signal }) => content(api.GET("/agents", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** As many as one page of the API has, by name: all that there are, in all but large installations. */
export function agentsByName(search = "") {
  return agentsQuery({ pageSize: 100, sort: "name:asc", ...(search && { search }) });
}

export function agentQuery(id: string) {
  return queryOptions({
    queryKey: [...AGENTS, "one", id],
    queryFn: ({ signal }) => stated(api.GET("/agents/{id}", { params: { path: { id } }, signal })),
  });
}

export function createAgent(body: NewAgent, key: string): Promise<Stated<Agent>> {
  return stated(api.POST("/agents", { params: { header: { "Idempotency-Key": key } }, body }));
}

export function changeAgent(id: string, body: AgentMembers, etag?: string): Promise<Stated<Agent>> {
  return stated(api.PATCH("/agents/{id}", { params: { path: { id }, header: onlyIf(etag) }, body }));
}

export async function deleteAgent(id: string, leaving: boolean): Promise<void> {
  await api.DELETE("/agents/{id}", { params: { path: { id } }, keepalive: leaving });
}
