import { describe, expect, it } from "vitest";
import { EventQueue } from "./eventQueue";
import type { RunEvent } from "./events";

function delta(seq: number, text: string): RunEvent {
  return { type: "text.delta", runId: "r", seq, at: "2026-01-01T00:00:00Z", turn: 1, text };
}

/** Frames that come when the test says so. */
class Frames {
  readonly taken: number[][] = [];
  readonly queue: EventQueue;
  #next: (() => void) | undefined;

  constructor() {
    this.queue = new EventQueue(
      (events) => this.taken.push(events.map(({ seq }) => seq)),
      (frame) => {
        this.#next = frame;
      },
    );
  }

  run(): number {
    let frames = 0;
    while (this.#next !== undefined) {
      const frame = this.#next;
      this.#next = undefined;
      frame();
      frames += 1;
    }
    return frames;
  }
}

describe("EventQueue", () => {
  it("hands on together what came within a frame", () => {
    const frames = new Frames();
    frames.queue.push(delta(1, "a"));
    frames.queue.push(delta(2, "b"));
    expect(frames.taken).toEqual([]);
    frames.run();
    frames.queue.push(delta(3, "c"));
    frames.run();
    expect(frames.taken).toEqual([[1, 2], [3]]);
  });

  it("spreads the replay of a long run over frames of bounded work", () => {
    const frames = new Frames();
    for (let seq = 1; seq <= 10_000; seq += 1) frames.queue.push(delta(seq, "x".repeat(50)));
    expect(frames.run()).toBeGreaterThanOrEqual(80);
    expect(frames.taken.flat()).toEqual(Array.from({ length: 10_000 }, (_, index) => index + 1));
    for (const taken of frames.taken) expect(taken.length * 50).toBeLessThanOrEqual(6000);
  });

  it("takes an event that is larger than a frame alone", () => {
    const frames = new Frames();
    frames.queue.push(delta(1, "a"));
    frames.queue.push(delta(2, "x".repeat(100_000)));
    frames.queue.push(delta(3, "b"));
    frames.run();
    expect(frames.taken).toEqual([[1], [2], [3]]);
  });

  it("is silent once closed", () => {
    const frames = new Frames();
    frames.queue.push(delta(1, "a"));
    frames.queue.close();
    frames.run();
    expect(frames.taken).toEqual([]);
  });
});
