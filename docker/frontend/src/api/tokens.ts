import { queryOptions } from "@tanstack/react-query";
import type { paths } from "../../generated/api";
import { api, content, type Schemas } from "./client";

export type Token = Schemas["Token"];
/** A token with its text, which is told this once. */
export type FreshToken = paths["/api/tokens"]["post"]["responses"]["201"]["content"]["application/json"];

export const TOKENS = ["tokens"] as const;

export const tokensQuery = queryOptions({
  queryKey: TOKENS,
  queryFn: ({ signal }) => content(api.GET("/tokens", { signal })),
});

/** `days` until it ends; never where it is undefined. */
export function createToken(name: string, days: number | undefined): Promise<FreshToken> {
  return content(api.POST("/tokens", { body: { name, ...(days !== undefined && { expiresInDays: days }) } }));
}

export async function revokeToken(id: string): Promise<void> {
  await api.DELETE("/tokens/{id}", { params: { path: { id } } });
}
