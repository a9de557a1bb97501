/** Token counts of a run; `final` is false while the model's own last word on them is missing. */
export interface Usage {
  inputTokens: number;
  outputTokens: number;
  cacheCreationInputTokens?: number;
  cacheReadInputTokens?: number;
  final: boolean;
}

export interface RunError {
  type?: string;
  title: string;
  detail?: string;
}

interface Stamp {
  runId: string;
  seq: number;
  /** RFC 3339, UTC. */
  at: string;
}

/** What a run's stream says, in the order in which it says it. The last three end the stream. */
export type RunEvent = Stamp &
  (
    | { type: "run.queued"; agentId: string; agentName: string; position?: number }
    | { type: "run.started"; model: string; demo?: boolean }
    | { type: "turn.started"; turn: number }
    | { type: "text.delta"; turn: number; text: string }
    | { type: "thinking.delta"; turn: number; text: string }
    | { type: "tool.called"; turn: number; toolUseId: string; name: string; input: unknown }
    | { type: "tool.returned"; turn: number; toolUseId: string; isError?: boolean; content: unknown }
    | ({ type: "usage" } & Usage)
    | { type: "turn.completed"; turn: number; stopReason?: string }
    | { type: "turn.restarted"; turn: number; reason?: string }
    | { type: "run.completed"; stopReason?: string; usage?: Usage; costUsd?: number }
    | { type: "run.failed"; error: RunError; usage?: Usage; costUsd?: number }
    | { type: "run.cancelled"; usage?: Usage; costUsd?: number }
  );

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
