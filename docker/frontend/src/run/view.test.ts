import { describe, expect, it } from "vitest";
import type { RunEvent } from "./events";
import { activityOf, answerText, foldEvents, hasEnded, NEW_RUN } from "./view";

type Said = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, "runId" | "seq" | "at"> : never) : never;

function events(...said: Said[]): RunEvent[] {
  return said.map(
    (event, index) =>
      ({ ...event, runId: "r", seq: index + 1, at: `2026-01-01T00:00:0${index}.000Z` }) as RunEvent,
  );
}

const QUEUED: Said = { type: "run.queued", agentId: "a", agentName: "Scribe", position: 2 };
const STARTED: Said = { type: "run.started", model: "claude-sonnet-4-5", demo: true };
const USAGE = {
  inputTokens: 10,
  outputTokens: 4,
  cacheCreationInputTokens: 0,
  cacheReadInputTokens: 0,
  final: true,
};

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
      usage: USAGE,
      costUsd: 0.0012,
    });
    expect(answerText(view)).toBe("Good day");
    expect(hasEnded(view)).toBe(true);
  });

  it("counts tokens and cost while the run goes on", () => {
    const sent = events(QUEUED, STARTED, { type: "usage", ...USAGE, final: false, costUsd: 0.0003 });
    const view = foldEvents(NEW_RUN, sent);
    expect(view).toMatchObject({ state: "running", usage: { ...USAGE, final: false }, costUsd: 0.0003 });
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
    expect(answerText(view)).toBe("second");
    expect(view.turns).toMatchObject([{ turn: 1, tools: [], restarts: ["The model's connection broke."] }]);
  });

  it("joins a tool's result to its call", () => {
    const view = foldEvents(
      NEW_RUN,
      events(
        STARTED,
        { type: "tool.called", turn: 1, toolUseId: "t1", name: "search", input: { q: "x" } },
        { type: "tool.called", turn: 1, toolUseId: "t2", name: "read", input: {} },
        {
          type: "tool.returned",
          turn: 1,
          toolUseId: "t1",
          name: "search",
          isError: true,
          content: "no",
          durationMs: 12,
        },
      ),
    );
    expect(view.turns[0]?.tools).toMatchObject([
      {
        id: "t1",
        name: "search",
        input: { q: "x" },
        result: { isError: true, content: "no", durationMs: 12 },
      },
      { id: "t2", name: "read", input: {} },
    ]);
    expect(view.turns[0]?.tools[1]).not.toHaveProperty("result");
  });

  it("keeps the error and the last known usage of a failed run", () => {
    const usage = { ...USAGE, outputTokens: 2, final: false };
    const view = foldEvents(
      NEW_RUN,
      events(
        STARTED,
        { type: "usage", ...usage },
        { type: "run.failed", error: { type: "urn:x", title: "Overloaded", detail: "Try later." }, usage },
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

describe("activityOf", () => {
  const steps: [Said, ReturnType<typeof activityOf>][] = [
    [STARTED, "waiting"],
    [{ type: "turn.started", turn: 1 }, "waiting"],
    [{ type: "thinking.delta", turn: 1, text: "hm" }, "thinking"],
    [{ type: "text.delta", turn: 1, text: "I look" }, "writing"],
    [{ type: "tool.called", turn: 1, toolUseId: "t", name: "search", input: {} }, "using tools"],
    [
      {
        type: "tool.returned",
        turn: 1,
        toolUseId: "t",
        name: "search",
        isError: false,
        content: "",
        durationMs: 1,
      },
      "waiting",
    ],
    [{ type: "turn.started", turn: 2 }, "waiting"],
    [{ type: "text.delta", turn: 2, text: "So" }, "writing"],
  ];

  it("tells what the run is doing after each event", () => {
    const sent = events(...steps.map(([said]) => said));
    const seen = sent.map((_, index) => activityOf(foldEvents(NEW_RUN, sent.slice(0, index + 1))));
    expect(seen).toEqual(steps.map(([, activity]) => activity));
  });
});

describe("a run of 10,000 events", () => {
  it("keeps the blocks that are finished, so that only the last one is drawn anew", () => {
    const said = Array.from({ length: 10_000 }, (_, index): Said => {
      return { type: "text.delta", turn: 1, text: index % 50 === 49 ? "end.\n\n" : "word " };
    });
    const sent = events(STARTED, ...said);
    const half = foldEvents(NEW_RUN, sent.slice(0, 5000));
    const full = foldEvents(half, sent.slice(5000));
    const before = half.turns[0]?.answer.pages ?? [];
    expect(before.length).toBeGreaterThan(3);
    before.forEach((page, index) => {
      expect(full.turns[0]?.answer.pages[index]).toBe(page);
    });
  });
});
