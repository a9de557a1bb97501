import { describe, expect, it } from "vitest";
import { EventQueue } from "./eventQueue";
import type { RunEvent } from "./events";

function delta(seq: number, text: string): RunEvent {
  return { type: "text.delta", runId: "r", seq, at: "2026-01-01T00:00:00Z", turn: 1, text };
}

/** Frames that come when the test says so, in which drawing takes a time that depends on how much is drawn. */
class Stage {
  readonly taken: number[][] = [];
  readonly queue: EventQueue;
  #next: (() => void) | undefined;
  #now = 0;

  constructor(millisAnEvent = 0.1) {
    this.queue = new EventQueue(
      (events) => {
        this.taken.push(events.map(({ seq }) => seq));
        this.#now += events.length * millisAnEvent;
      },
      {
        next: (frame) => {
          this.#next = frame;
        },
        now: () => this.#now,
      },
    );
  }

  async run(): Promise<void> {
    while (this.#next !== undefined) {
      const frame = this.#next;
      this.#next = undefined;
      frame();
      await Promise.resolve();
    }
  }

  push(events: number, text: string): void {
    for (let seq = 1; seq <= events; seq += 1) this.queue.push(delta(seq, text));
  }
}

describe("EventQueue", () => {
  it("hands on together what came within a frame", async () => {
    const stage = new Stage();
    stage.queue.push(delta(1, "a"));
    stage.queue.push(delta(2, "b"));
    expect(stage.taken).toEqual([]);
    await stage.run();
    stage.queue.push(delta(3, "c"));
    await stage.run();
    expect(stage.taken).toEqual([[1, 2], [3]]);
  });

  it("spreads the replay of a long run over frames of bounded work, in order", async () => {
    const stage = new Stage();
    stage.push(10_000, "x".repeat(50));
    await stage.run();
    expect(stage.taken.flat()).toEqual(Array.from({ length: 10_000 }, (_, index) => index + 1));
    for (const taken of stage.taken) expect(taken.length * 50).toBeLessThanOrEqual(12_000);
  });

  it("takes less where drawing is slow, and more where it is quick", async () => {
    const [slow, quick] = [new Stage(2), new Stage(0.001)];
    for (const stage of [slow, quick]) {
      stage.push(5000, "x".repeat(50));
      await stage.run();
    }
    const slowMillis = slow.taken.slice(10).map((taken) => taken.length * 2);
    expect(Math.max(...slowMillis)).toBeLessThanOrEqual(32);
    expect(Math.max(...quick.taken.map((taken) => taken.length))).toBeGreaterThan(150);
  });

  it("takes an event that is larger than a frame alone", async () => {
    const stage = new Stage();
    stage.queue.push(delta(1, "a"));
    stage.queue.push(delta(2, "x".repeat(100_000)));
    stage.queue.push(delta(3, "b"));
    await stage.run();
    expect(stage.taken).toEqual([[1], [2], [3]]);
  });

  it("is silent once closed", async () => {
    const stage = new Stage();
    stage.queue.push(delta(1, "a"));
    stage.queue.close();
    await stage.run();
    expect(stage.taken).toEqual([]);
  });
});
