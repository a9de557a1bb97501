import type { Schemas } from "../api/client";

/** Token counts of a run; `final` is false while the model's own last word on them is missing. */
export type Usage = Schemas["Usage"];

export type RunError = Schemas["RunError"];

/** What a run's stream says, in the order in which it says it. The last three end the stream. */
export type RunEvent = Schemas["RunEvent"];

/** Reads the data of one server-sent event; undefined for what is no event of a run. */
export function parseRunEvent(data: string): RunEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { seq, type } = value as Partial<RunEvent>;
  return Number.isSafeInteger(seq) && typeof type === "string" ? (value as RunEvent) : undefined;
}

export function endsRun(event: RunEvent): boolean {
  return event.type === "run.completed" || event.type === "run.failed" || event.type === "run.cancelled";
}
