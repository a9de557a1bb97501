import { describe, expect, it } from "vitest";
import type { RunEvent } from "./events";
import { foldEvents, hasEnded, NEW_RUN } from "./view";

type Said = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, "runId" | "seq" | "at"> : never) : never;

function events(...said: Said[]): RunEvent[] {
  return said.map(
    (event, index) =>
      ({ ...event, runId: "r", seq: index + 1, at: `2026-01-01T00:00:0${index}.000Z` }) as RunEvent,
  );
}

const QUEUED: Said = { type: "run.queued", agentId: "a", agentName: "Scribe", position: 2 };
const STARTED: Said = { type: "run.started", model: "claude-sonnet-4-5", demo: true };
const USAGE = { inputTokens: 10, outputTokens: 4, final: true };

describe("foldEvents", () => {
  it("follows a run from the queue to its end", () => {
    const view = foldEvents(
      NEW_RUN,
      events(
        QUEUED,
        STARTED,
        { type: "turn.started", turn: 1 },
        { type: "text.delta", turn: 1, text: "Good " },
        { type: "text.delta", turn: 1, text: "day" },
        { type: "turn.completed", turn: 1, stopReason: "end_turn" },
        { type: "run.completed", stopReason: "end_turn", usage: USAGE, costUsd: 0.0012 },
      ),
    );
    expect(view).toMatchObject({
      seq: 7,
      state: "completed",
      demo: true,
      agentName: "Scribe",
      turns: [{ turn: 1, text: "Good day" }],
      usage: USAGE,
      costUsd: 0.0012,
    });
    expect(hasEnded(view)).toBe(true);
  });

  it("takes an event in once, however often it comes", () => {
    const sent = events(QUEUED, STARTED, { type: "text.delta", turn: 1, text: "once" });
    const once = foldEvents(NEW_RUN, sent);
    expect(foldEvents(once, sent)).toBe(once);
  });

  it("gives the same view whether the stream came whole or in parts", () => {
    const sent = events(
      QUEUED,
      STARTED,
      { type: "text.delta", turn: 1, text: "a" },
      { type: "thinking.delta", turn: 1, text: "hm" },
      { type: "text.delta", turn: 1, text: "b" },
    );
    const whole = foldEvents(NEW_RUN, sent);
    for (let cut = 0; cut <= sent.length; cut += 1) {
      const overlapping = sent.slice(Math.max(0, cut - 1));
      expect(foldEvents(foldEvents(NEW_RUN, sent.slice(0, cut)), overlapping)).toEqual(whole);
    }
  });

  it("forgets what a restarted turn had said, and says so", () => {
    const view = foldEvents(
      NEW_RUN,
      events(
        STARTED,
        { type: "text.delta", turn: 1, text: "first try" },
        { type: "turn.restarted", turn: 1, reason: "The model's connection broke." },
        { type: "text.delta", turn: 1, text: "second" },
      ),
    );
    expect(view.turns).toEqual([
      { turn: 1, text: "second", thinking: "", tools: [], restarted: "The model's connection broke." },
    ]);
  });

  it("joins a tool's result to its call", () => {
    const view = foldEvents(
      NEW_RUN,
      events(
        STARTED,
        { type: "tool.called", turn: 1, toolUseId: "t1", name: "search", input: { q: "x" } },
        { type: "tool.called", turn: 1, toolUseId: "t2", name: "read", input: {} },
        { type: "tool.returned", turn: 1, toolUseId: "t1", isError: true, content: "no" },
      ),
    );
    expect(view.turns[0]?.tools).toEqual([
      { id: "t1", name: "search", input: { q: "x" }, result: { isError: true, content: "no" } },
      { id: "t2", name: "read", input: {} },
    ]);
  });

  it("keeps the error and the last known usage of a failed run", () => {
    const usage = { inputTokens: 10, outputTokens: 2, final: false };
    const view = foldEvents(
      NEW_RUN,
      events(
        STARTED,
        { type: "usage", ...usage },
        { type: "run.failed", error: { title: "Overloaded", detail: "Try later." } },
      ),
    );
    expect(view).toMatchObject({ state: "failed", usage, error: { title: "Overloaded" } });
  });

  it("passes over an event of a later release without losing its place", () => {
    const later = { ...events(STARTED)[0], type: "run.pondered", seq: 2 } as unknown as RunEvent;
    expect(foldEvents(foldEvents(NEW_RUN, events(STARTED)), [later])).toMatchObject({
      seq: 2,
      state: "running",
    });
  });
});
