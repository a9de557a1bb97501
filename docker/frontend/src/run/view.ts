import type { RunError, RunEvent, Usage } from "./events";

export type RunState = "queued" | "running" | "completed" | "failed" | "cancelled";

export interface ToolCall {
  id: string;
  name: string;
  input: unknown;
  result?: { isError: boolean; content: unknown };
}

export interface Turn {
  turn: number;
  text: string;
  thinking: string;
  tools: ToolCall[];
  restarted?: string;
}

/** All that the page shows of a run, folded from its events. */
export interface RunView {
  /** Sequence number of the last event taken in; where a resumed stream goes on from. */
  seq: number;
  state: RunState;
  turns: Turn[];
  position?: number;
  agentName?: string;
  model?: string;
  demo?: boolean;
  stopReason?: string;
  usage?: Usage;
  costUsd?: number;
  error?: RunError;
  startedAt?: string;
  endedAt?: string;
}

export const NEW_RUN: RunView = { seq: 0, state: "queued", turns: [] };

export function hasEnded(view: RunView): boolean {
  return view.state === "completed" || view.state === "failed" || view.state === "cancelled";
}

function changeTurn(view: RunView, turn: number, change: (turn: Turn) => Turn): RunView {
  const at = view.turns.findIndex((candidate) => candidate.turn === turn);
  const found = view.turns[at];
  if (found === undefined) {
    return { ...view, turns: [...view.turns, change({ turn, text: "", thinking: "", tools: [] })] };
  }
  return { ...view, turns: view.turns.with(at, change(found)) };
}

function ended(
  view: RunView,
  state: RunState,
  event: { at: string; usage?: Usage; costUsd?: number },
): RunView {
  return {
    ...view,
    state,
    endedAt: event.at,
    ...(event.usage && { usage: event.usage }),
    ...(event.costUsd !== undefined && { costUsd: event.costUsd }),
  };
}

function apply(view: RunView, event: RunEvent): RunView {
  switch (event.type) {
    case "run.queued":
      return {
        ...view,
        state: "queued",
        agentName: event.agentName,
        ...(event.position !== undefined && { position: event.position }),
      };
    case "run.started":
      return {
        ...view,
        state: "running",
        model: event.model,
        startedAt: event.at,
        demo: event.demo === true,
      };
    case "turn.started":
      return changeTurn(view, event.turn, (turn) => turn);
    case "text.delta":
      return changeTurn(view, event.turn, (turn) => ({ ...turn, text: turn.text + event.text }));
    case "thinking.delta":
      return changeTurn(view, event.turn, (turn) => ({ ...turn, thinking: turn.thinking + event.text }));
    case "tool.called": {
      const call = { id: event.toolUseId, name: event.name, input: event.input };
      return changeTurn(view, event.turn, (turn) => ({ ...turn, tools: [...turn.tools, call] }));
    }
    case "tool.returned": {
      const result = { isError: event.isError === true, content: event.content };
      return changeTurn(view, event.turn, (turn) => ({
        ...turn,
        tools: turn.tools.map((tool) => (tool.id === event.toolUseId ? { ...tool, result } : tool)),
      }));
    }
    case "usage":
      return { ...view, usage: usageOf(event) };
    case "turn.completed":
      return event.stopReason === undefined ? view : { ...view, stopReason: event.stopReason };
    case "turn.restarted":
      return changeTurn(view, event.turn, ({ turn }) => ({
        turn,
        text: "",
        thinking: "",
        tools: [],
        restarted: event.reason ?? "The connection to the model was lost.",
      }));
    case "run.completed":
      return {
        ...ended(view, "completed", event),
        ...(event.stopReason !== undefined && { stopReason: event.stopReason }),
      };
    case "run.failed":
      return { ...ended(view, "failed", event), error: event.error };
    case "run.cancelled":
      return ended(view, "cancelled", event);
    default:
      // A later release's event: nothing to show, but its number counts.
      return view;
  }
}

function usageOf(event: Usage): Usage {
  const { inputTokens, outputTokens, cacheCreationInputTokens, cacheReadInputTokens, final } = event;
  return {
    inputTokens,
    outputTokens,
    final,
    ...(cacheCreationInputTokens !== undefined && { cacheCreationInputTokens }),
    ...(cacheReadInputTokens !== undefined && { cacheReadInputTokens }),
  };
}

/** Takes in events in order; what was taken in before changes nothing. */
export function foldEvents(view: RunView, events: readonly RunEvent[]): RunView {
  let next = view;
  for (const event of events) {
    if (event.seq <= next.seq) continue;
    next = { ...apply(next, event), seq: event.seq };
  }
  return next;
}
