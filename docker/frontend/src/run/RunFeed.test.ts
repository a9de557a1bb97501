import { describe, expect, it } from "vitest";
import { ProblemError } from "../api/problem";
import type { Attention } from "./attention";
import type { RunEvent } from "./events";
import type { Follow } from "./follow";
import { RunFeed } from "./RunFeed";
import { answerText } from "./view";

/** What a feed is made of, all under the test's hand: streams, attention, frames. */
class Stage {
  readonly streams: Follow[] = [];
  readonly feed: RunFeed;
  attention: Attention | undefined;
  fail: (error: unknown) => void = () => undefined;
  #frames: (() => void)[] = [];

  constructor() {
    this.feed = new RunFeed("/api/runs/r/events", {
      follow: (follow) => {
        this.streams.push(follow);
        return new Promise((_, reject) => {
          this.fail = reject;
        });
      },
      watch: (attention) => {
        this.attention = attention;
        attention.onSeen();
        return () => {
          this.attention = undefined;
        };
      },
      frames: { next: (frame) => this.#frames.push(frame), now: () => 0 },
    });
  }

  send(...events: Partial<RunEvent>[]): void {
    for (const event of events) {
      this.streams.at(-1)?.onEvent({ runId: "r", at: "2026-01-01T00:00:00Z", ...event } as RunEvent);
    }
  }

  frame(): void {
    for (const frame of this.#frames.splice(0)) frame();
  }

  said(): string {
    return answerText(this.feed.state().view);
  }
}

const text = (seq: number, said: string): Partial<RunEvent> => ({
  type: "text.delta",
  seq,
  turn: 1,
  text: said,
});

describe("RunFeed", () => {
  it("asks for nothing until somebody looks", () => {
    const stage = new Stage();
    expect(stage.streams).toEqual([]);
    const leave = stage.feed.subscribe(() => undefined);
    expect(stage.streams.length).toBe(1);
    leave();
    expect(stage.streams[0]?.signal.aborted).toBe(true);
  });

  it("tells once a frame what came within it", () => {
    const stage = new Stage();
    let told = 0;
    stage.feed.subscribe(() => {
      told += 1;
    });
    stage.send(text(1, "Good "), text(2, "day"));
    expect(told).toBe(0);
    stage.frame();
    expect(told).toBe(1);
    expect(stage.said()).toBe("Good day");
  });

  it("goes on after the last event that was shown, whatever had come beyond it", () => {
    const stage = new Stage();
    stage.feed.subscribe(() => undefined);
    stage.send(text(1, "a"));
    stage.frame();
    stage.send(text(2, "b"));
    stage.attention?.onUnseen();
    stage.frame();
    expect(stage.said()).toBe("a");
    stage.attention?.onSeen();
    expect(stage.streams.map(({ lastSeq }) => lastSeq)).toEqual([0, 1]);
    stage.send(text(2, "b"), text(3, "c"));
    stage.frame();
    expect(stage.said()).toBe("abc");
  });

  it("asks no more once the run has ended", () => {
    const stage = new Stage();
    stage.feed.subscribe(() => undefined);
    stage.send(text(1, "a"), { type: "run.completed", seq: 2, stopReason: "end_turn" });
    stage.frame();
    stage.attention?.onUnseen();
    stage.attention?.onSeen();
    expect(stage.streams.length).toBe(1);
  });

  it("keeps what it has when the stream is given up, until it is told to go on", async () => {
    const stage = new Stage();
    stage.feed.subscribe(() => undefined);
    stage.send(text(1, "a"));
    stage.frame();
    stage.fail(new ProblemError({ title: "No longer kept", status: 410 }));
    await expect
      .poll(() => stage.feed.state())
      .toMatchObject({
        connection: "lost",
        problem: { title: "No longer kept" },
      });
    stage.attention?.onSeen();
    expect(stage.streams.length).toBe(1);
    stage.feed.resume();
    expect(stage.streams.length).toBe(2);
    expect(stage.feed.state().problem).toBeUndefined();
    expect(stage.said()).toBe("a");
  });
});
