import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, content, type Schemas } from "./client";

export type UsageShare = Schemas["UsageShare"];
export type UsageTotal = Schemas["UsageTotal"];

/** Days as `2026-01-31`, in UTC, both included. */
export function usageQuery(from: string, to: string) {
  return queryOptions({
    queryKey: ["usage", from, to],
    queryFn: ({ signal }) => content(api.GET("/usage", { params: { query: { from, to } }, signal })),
    placeholderData: keepPreviousData,
  });
}
