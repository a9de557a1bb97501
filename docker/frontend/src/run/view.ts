import { type Answer, grow, NO_ANSWER } from "./answer";
import type { RunError, RunEvent, Usage } from "./events";

export type RunState = "queued" | "running" | "completed" | "failed" | "cancelled";

export interface ToolCall {
  id: string;
  name: string;
  input: unknown;
  calledAt: string;
  result?: { isError: boolean; content: string; durationMs: number };
}

export interface Thinking {
  text: string;
  from: string;
  to: string;
}

export interface Turn {
  turn: number;
  answer: Answer;
  thinking?: Thinking;
  tools: readonly ToolCall[];
  /** Why the turn was asked for again, once for each time. */
  restarts: readonly string[];
}

/** All that the page shows of a run, folded from its events. */
export interface RunView {
  /** Sequence number of the last event taken in; where a resumed stream goes on from. */
  seq: number;
  state: RunState;
  turns: readonly Turn[];
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

export function hasEnded({ state }: { state: RunState }): boolean {
  return state === "completed" || state === "failed" || state === "cancelled";
}

function changeTurn(view: RunView, turn: number, change: (turn: Turn) => Turn): RunView {
  const at = view.turns.findLastIndex((candidate) => candidate.turn === turn);
  const found = view.turns[at];
  if (found === undefined) {
    return { ...view, turns: [...view.turns, change({ turn, answer: NO_ANSWER, tools: [], restarts: [] })] };
  }
  return { ...view, turns: view.turns.with(at, change(found)) };
}

function ended(
  view: RunView,
  state: RunState,
  event: { at: string; usage: Usage; costUsd?: number },
): RunView {
  return { ...view, state, endedAt: event.at, ...accountOf(event.usage, event.costUsd) };
}

function thinkOn(turn: Turn, text: string, at: string): Turn {
  const { thinking } = turn;
  return { ...turn, thinking: { text: (thinking?.text ?? "") + text, from: thinking?.from ?? at, to: at } };
}

function apply(view: RunView, event: RunEvent): RunView {
  switch (event.type) {
    case "run.queued":
      return {
        ...view,
        state: "queued",
        agentName: event.agentName,
        position: event.position,
      };
    case "run.started":
      return {
        ...view,
        state: "running",
        model: event.model,
        startedAt: event.at,
        demo: event.demo,
      };
    case "turn.started":
      return changeTurn(view, event.turn, (turn) => turn);
    case "text.delta":
      return changeTurn(view, event.turn, (turn) => ({ ...turn, answer: grow(turn.answer, event.text) }));
    case "thinking.delta":
      return changeTurn(view, event.turn, (turn) => thinkOn(turn, event.text, event.at));
    case "tool.called": {
      const call = { id: event.toolUseId, name: event.name, input: event.input, calledAt: event.at };
      return changeTurn(view, event.turn, (turn) => ({ ...turn, tools: [...turn.tools, call] }));
    }
    case "tool.returned": {
      const { isError, content, durationMs } = event;
      const result = { isError, content, durationMs };
      return changeTurn(view, event.turn, (turn) => ({
        ...turn,
        tools: turn.tools.map((tool) => (tool.id === event.toolUseId ? { ...tool, result } : tool)),
      }));
    }
    case "usage":
      return { ...view, ...accountOf(usageOf(event), event.costUsd) };
    case "turn.completed":
      return { ...view, stopReason: event.stopReason };
    case "turn.restarted":
      return changeTurn(view, event.turn, ({ turn, restarts }) => ({
        turn,
        answer: NO_ANSWER,
        tools: [],
        restarts: [...restarts, event.reason],
      }));
    case "run.completed":
      return { ...ended(view, "completed", event), stopReason: event.stopReason };
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
  return { inputTokens, outputTokens, cacheCreationInputTokens, cacheReadInputTokens, final };
}

function accountOf(usage: Usage, costUsd: number | undefined): Pick<RunView, "usage" | "costUsd"> {
  return { usage, ...(costUsd !== undefined && { costUsd }) };
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

/** The text of a run's answer, all turns together, as it came. */
export function answerText(view: RunView): string {
  return view.turns
    .map(({ answer }) => answer.text.trimEnd())
    .filter((text) => text !== "")
    .join("\n\n");
}

/** What a run that goes on is doing. */
export type Activity = "waiting" | "thinking" | "writing" | "using tools";

export function activityOf(view: RunView): Activity {
  const turn = view.turns.at(-1);
  if (turn === undefined) return "waiting";
  if (turn.tools.length > 0) {
    return turn.tools.some(({ result }) => result === undefined) ? "using tools" : "waiting";
  }
  if (turn.answer.text !== "") return "writing";
  return turn.thinking === undefined ? "waiting" : "thinking";
}
