import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { paths } from "../../generated/api";
import { API_URL, api, content, type Schemas } from "./client";

export type RunSummary = Schemas["Run"];
export type RunListQuery = NonNullable<paths["/api/runs"]["get"]["parameters"]["query"]>;
export type RunPage = { data: RunSummary[]; meta: Schemas["Meta"] };

/** The prefix of everything remembered of runs, for invalidation. */
export const RUNS = ["runs"] as const;

/** A list with a run that goes on is asked for again as often as this. */
const LIVE_MS = 3000;

export function isLive(run: Pick<RunSummary, "state">): boolean {
  return run.state === "queued" || run.state === "running";
}

export function whileLive(page: RunPage | undefined): number | false {
  return page?.data.some(isLive) ? LIVE_MS : false;
}

export function runsQuery(query: RunListQuery) {
  return queryOptions({
    queryKey: [...RUNS, "list", query],
    queryFn: ({ signal }) =>
      content(
        api.GET("/runs", {
          params: { query },
          // Several states are one parameter, as the document says; the client would name it once for each.
          querySerializer: { array: { style: "form", explode: false } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => whileLive(state.data),
  });
}

export function runQuery(id: string) {
  return queryOptions({
    queryKey: [...RUNS, "one", id],
    queryFn: ({ signal }) => content(api.GET("/runs/{id}", { params: { path: { id } }, signal })),
  });
}

export async function cancelRun(id: string): Promise<void> {
  await api.POST("/runs/{id}/cancel", { params: { path: { id } } });
}

export function eventsUrl(runId: string): string {
  return `${API_URL}/runs/${encodeURIComponent(runId)}/events`;
}
