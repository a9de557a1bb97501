import type { RunEvent } from "./events";

/** What one frame may take: drawing this much new text stays far below 100 ms on a slow machine. */
const FRAME_CHARACTERS = 6000;
const FRAME_EVENTS = 400;

export type Schedule = (frame: () => void) => void;

/** Once a frame where the page is looked at; a page out of sight has no frames. */
export const nextFrame: Schedule = (frame) => {
  if (document.hidden) setTimeout(frame, 250);
  else requestAnimationFrame(frame);
};

function weight(event: RunEvent): number {
  return event.type === "text.delta" || event.type === "thinking.delta" ? event.text.length : 0;
}

/**
 * Hands events on in frames. However fast they come (the replay of a long run comes at once), a frame
 * takes no more of them than can be drawn smoothly; the rest waits for the next one.
 */
export class EventQueue {
  readonly #take: (events: readonly RunEvent[]) => void;
  readonly #schedule: Schedule;
  #waiting: RunEvent[] = [];
  #closed = false;

  constructor(take: (events: readonly RunEvent[]) => void, schedule: Schedule = nextFrame) {
    this.#take = take;
    this.#schedule = schedule;
  }

  push(event: RunEvent): void {
    this.#waiting.push(event);
    if (this.#waiting.length === 1) this.#schedule(() => this.#flush());
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
      if (count > 0 && (characters > FRAME_CHARACTERS || count === FRAME_EVENTS)) break;
      count += 1;
    }
    const taken = this.#waiting.splice(0, count);
    if (this.#waiting.length > 0) this.#schedule(() => this.#flush());
    this.#take(taken);
  }
}
