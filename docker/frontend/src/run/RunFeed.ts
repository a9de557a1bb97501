import { SIGNED_OUT } from "../api/client";
import { type Problem, toProblem } from "../api/problem";
import { watchAttention } from "./attention";
import { browserFrames, EventQueue, type Frames } from "./eventQueue";
import { type Connection, type Follow, followRun } from "./follow";
import { foldEvents, hasEnded, NEW_RUN, type RunView } from "./view";

export interface FeedState {
  view: RunView;
  connection: Connection;
  /** Why the stream was given up. */
  problem?: Problem;
}

export interface FeedParts {
  follow?: (follow: Follow) => Promise<void>;
  watch?: typeof watchAttention;
  frames?: Frames;
}

/** A run as its events tell it, for as long as somebody looks: for React's `useSyncExternalStore`. */
export class RunFeed {
  readonly #url: string;
  readonly #follow: (follow: Follow) => Promise<void>;
  readonly #watch: typeof watchAttention;
  readonly #frames: Frames;
  readonly #listeners = new Set<() => void>();
  #state: FeedState = { view: NEW_RUN, connection: "connecting" };
  #unwatch: (() => void) | undefined;
  #disconnect: (() => void) | undefined;

  constructor(url: string, parts: FeedParts = {}) {
    this.#url = url;
    this.#follow = parts.follow ?? followRun;
    this.#watch = parts.watch ?? watchAttention;
    this.#frames = parts.frames ?? browserFrames;
  }

  readonly state = (): FeedState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#unwatch ??= this.#watch({
      onSeen: () => this.#connect(),
      onUnseen: () => this.#disconnect?.(),
    });
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#unwatch?.();
      this.#unwatch = undefined;
      this.#disconnect?.();
    };
  };

  /** Goes on with a stream that was given up. */
  readonly resume = (): void => {
    const { view } = this.#state;
    this.#set({ view, connection: "connecting" });
    this.#connect();
  };

  #connect(): void {
    this.#disconnect?.();
    if (hasEnded(this.#state.view) || this.#state.problem !== undefined) return;
    const leaving = new AbortController();
    const queue = new EventQueue((events) => {
      this.#set({ ...this.#state, view: foldEvents(this.#state.view, events) });
    }, this.#frames);
    this.#disconnect = () => {
      leaving.abort();
      queue.close();
    };
    this.#follow({
      url: this.#url,
      lastSeq: this.#state.view.seq,
      signal: leaving.signal,
      onEvent: (event) => queue.push(event),
      onConnection: (connection) => {
        if (!leaving.signal.aborted) this.#set({ ...this.#state, connection });
      },
    }).catch((error: unknown) => {
      if (leaving.signal.aborted) return;
      const problem = toProblem(error);
      if (problem.status === 401) window.dispatchEvent(new Event(SIGNED_OUT));
      this.#set({ ...this.#state, connection: "lost", problem });
    });
  }

  #set(state: FeedState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
