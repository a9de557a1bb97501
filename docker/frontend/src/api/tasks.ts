import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { paths } from "../../generated/api";
import { api, content, onlyIf, type Schemas, type Stated, stated } from "./client";
import { RUNS, whileLive } from "./runs";

export type Task = Schemas["Task"];
export type TaskMembers = Schemas["TaskMembers"];
export type InputValues = NonNullable<Schemas["InputValues"]>;
export type NewTask = NonNullable<paths["/api/tasks"]["post"]["requestBody"]>["content"]["application/json"];
export type TaskListQuery = NonNullable<paths["/api/tasks"]["get"]["parameters"]["query"]>;

/** The prefix of everything remembered of tasks, for invalidation. */
export const TASKS = ["tasks"] as const;

const LIVE_MS = 3000;

function atWork({ state }: Task): boolean {
  return state === "queued" || state === "running";
}

export function tasksQuery(query: TaskListQuery) {
  return queryOptions({
    queryKey: [...TASKS, "list", query],
    queryFn: ({ signal }) => content(api.GET("/tasks", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.data.some(atWork) ? LIVE_MS : false),
  });
}

export function taskQuery(id: string) {
  return queryOptions({
    queryKey: [...TASKS, "one", id],
    queryFn: ({ signal }) => stated(api.GET("/tasks/{id}", { params: { path: { id } }, signal })),
  });
}

/** The task's runs; under the prefix of runs, so that the end of one is seen here too. */
export function taskRunsQuery(id: string, page: number) {
  return queryOptions({
    queryKey: [...RUNS, "of task", id, page],
    queryFn: ({ signal }) =>
      content(
        api.GET("/tasks/{id}/runs", { params: { path: { id }, query: { page, pageSize: 10 } }, signal }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => whileLive(state.data),
  });
}

export function createTask(body: NewTask, key: string): Promise<Stated<Task>> {
  return stated(api.POST("/tasks", { params: { header: { "Idempotency-Key": key } }, body }));
}

export function changeTask(id: string, body: TaskMembers, etag?: string): Promise<Stated<Task>> {
  return stated(api.PATCH("/tasks/{id}", { params: { path: { id }, header: onlyIf(etag) }, body }));
}

export async function deleteTask(id: string, leaving: boolean): Promise<void> {
  await api.DELETE("/tasks/{id}", { params: { path: { id } }, keepalive: leaving });
}
