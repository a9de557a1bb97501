import type { RunEvent } from "./events";

/** How much new text a frame takes at first, at least and at most. */
const CHARACTERS = { first: 1500, least: 400, most: 12_000 };
const FRAME_EVENTS = 400;
/** Drawing longer than this makes the next frame take less; far below 100 ms, since the browser's own layout comes on top. */
const SLOW_MS = 16;
const QUICK_MS = 6;

export interface Frames {
  /** Calls back when the next frame is made. */
  next(frame: () => void): void;
  /** Milliseconds, for telling how long something took. */
  now(): number;
}

/** Once a frame where the page is looked at; a page out of sight has no frames. */
export const browserFrames: Frames = {
  next: (frame) => {
    if (document.hidden) setTimeout(frame, 250);
    else requestAnimationFrame(frame);
  },
  now: () => performance.now(),
};

function weight(event: RunEvent): number {
  return event.type === "text.delta" || event.type === "thinking.delta" ? event.text.length : 0;
}

/**
 * Hands events on in frames. However fast they come (the replay of a long run comes at once), a frame takes
 * no more of them than can be drawn smoothly, which it learns from how long the last ones took; the rest waits.
 */
export class EventQueue {
  readonly #take: (events: readonly RunEvent[]) => void;
  readonly #frames: Frames;
  #waiting: RunEvent[] = [];
  #closed = false;
  #budget = CHARACTERS.first;

  /** What takes the events draws them at once, or in a microtask. */
  constructor(take: (events: readonly RunEvent[]) => void, frames: Frames = browserFrames) {
    this.#take = take;
    this.#frames = frames;
  }

  push(event: RunEvent): void {
    this.#waiting.push(event);
    if (this.#waiting.length === 1) this.#frames.next(() => this.#flush());
  }

  /** Drops what waits: who asks again gets it again. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  #flush(): void {
    if (this.#closed) return;
    let characters = 0;
    let count = 0;
    for (const event of this.#waiting) {
      characters += weight(event);
      if (count > 0 && (characters > this.#budget || count === FRAME_EVENTS)) break;
      count += 1;
    }
    const taken = this.#waiting.splice(0, count);
    if (this.#waiting.length > 0) this.#frames.next(() => this.#flush());
    const from = this.#frames.now();
    this.#take(taken);
    queueMicrotask(() => this.#learn(this.#frames.now() - from));
  }

  #learn(tookMs: number): void {
    if (tookMs > SLOW_MS) this.#budget = Math.max(CHARACTERS.least, this.#budget / 2);
    else if (tookMs < QUICK_MS) this.#budget = Math.min(CHARACTERS.most, this.#budget * 1.5);
  }
}
