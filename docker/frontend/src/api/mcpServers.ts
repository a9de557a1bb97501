import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { paths } from "../../generated/api";
import { api, content, onlyIf, patientApi, type Schemas, type Stated, stated } from "./client";

export type McpServer = Schemas["McpServer"];
export type McpServerMembers = Schemas["McpServerMembers"];
export type NewMcpServer = NonNullable<
  paths["/api/mcp-servers"]["post"]["requestBody"]
>["content"]["application/json"];
export type McpServerListQuery = NonNullable<paths["/api/mcp-servers"]["get"]["parameters"]["query"]>;

/** The prefix of everything remembered of MCP servers, for invalidation. */
export const MCP_SERVERS = ["mcp-servers"] as const;

export function mcpServersQuery(query: McpServerListQuery) {
  return queryOptions({
    queryKey: [...MCP_SERVERS, "list", query],
    queryFn: ({ signal }) => content(api.GET("/mcp-servers", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function mcpServerQuery(id: string) {
  return queryOptions({
    queryKey: [...MCP_SERVERS, "one", id],
    queryFn: ({ signal }) => stated(api.GET("/mcp-servers/{id}", { params: { path: { id } }, signal })),
  });
}

export function createMcpServer(body: NewMcpServer, key: string): Promise<Stated<McpServer>> {
  return stated(api.POST("/mcp-servers", { params: { header: { "Idempotency-Key": key } }, body }));
}

export function changeMcpServer(
  id: string,
  body: McpServerMembers,
  etag?: string,
): Promise<Stated<McpServer>> {
  return stated(api.PATCH("/mcp-servers/{id}", { params: { path: { id }, header: onlyIf(etag) }, body }));
}

export async function deleteMcpServer(id: string, leaving: boolean): Promise<void> {
  await api.DELETE("/mcp-servers/{id}", { params: { path: { id } }, keepalive: leaving });
}

export type McpServerCheck = Schemas["McpServerCheck"];

/** Connects to a server as a run would; one that can't be used is an answer, too. */
export function checkMcpServer(id: string): Promise<McpServerCheck> {
  return content(patientApi.POST("/mcp-servers/{id}/check", { params: { path: { id } } }));
}
