import { createParser } from "eventsource-parser";
import { ProblemError, problemFrom } from "../api/problem";
import { endsRun, parseRunEvent, type RunEvent } from "./events";

/** `lost` is final: the limit of attempts in a row is used up. */
export type Connection = "connecting" | "open" | "reconnecting" | "lost";

const FIRST_DELAY_MS = 2000;
const LONGEST_DELAY_MS = 15_000;
const ATTEMPTS_IN_A_ROW = 40;
const ATTEMPTS_AT_A_FAILURE = 3;
/** The service sends a heartbeat every ten seconds; three missed ones are a dead connection. */
const SILENCE_MS = 30_000;

/** The wait before the n-th attempt in a row (from 1): doubling, capped, with jitter, never below what the server asked for. */
export function retryDelay(attempt: number, baseMs: number, askedMs: number, random: number): number {
  const grown = Math.min(baseMs * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  return Math.max(askedMs, Math.round(grown * (0.75 + random / 2)));
}

export interface Follow {
  url: string;
  /** Number of the last event already seen; 0 for none. */
  lastSeq: number;
  signal: AbortSignal;
  onEvent(event: RunEvent): void;
  onConnection(connection: Connection): void;
  fetch?: typeof globalThis.fetch;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  silenceMs?: number;
}

/** Over at once where the caller leaves, or the browser has a network again. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
    window.addEventListener("online", done);
  });
}

/** A server that is away comes back; one that fails at the request itself gets few more chances. */
function attemptsWorthwhile(status: number): number {
  if ([408, 429, 502, 503, 504].includes(status)) return ATTEMPTS_IN_A_ROW;
  return status >= 500 ? ATTEMPTS_AT_A_FAILURE : 0;
}

/** What one connection came to. */
type Outcome = "ended" | "dropped";

interface Progress {
  lastSeq: number;
  baseMs: number;
  attempt: number;
}

async function readStream(
  follow: Follow,
  body: ReadableStream<Uint8Array>,
  progress: Progress,
  stop: AbortController,
) {
  let ended = false;
  const parser = createParser({
    onRetry: (ms) => {
      progress.baseMs = ms;
    },
    onEvent: ({ data }) => {
      const event = parseRunEvent(data);
      if (event === undefined || event.seq <= progress.lastSeq) return;
      progress.lastSeq = event.seq;
      progress.attempt = 0;
      ended ||= endsRun(event);
      follow.onEvent(event);
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  const silenceMs = follow.silenceMs ?? SILENCE_MS;
  let silence = setTimeout(() => stop.abort(), silenceMs);
  try {
    while (!ended) {
      const { done, value } = await reader.read();
      if (done) break;
      clearTimeout(silence);
      silence = setTimeout(() => stop.abort(), silenceMs);
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(silence);
    stop.abort();
  }
  return ended;
}

async function connectOnce(follow: Follow, progress: Progress): Promise<Outcome> {
  const stop = new AbortController();
  const signal = AbortSignal.any([follow.signal, stop.signal]);
  const headers: Record<string, string> = { Accept: "text/event-stream" };
  if (progress.lastSeq > 0) headers["Last-Event-ID"] = String(progress.lastSeq);
  const silence = setTimeout(() => stop.abort(), follow.silenceMs ?? SILENCE_MS);
  let response: Response;
  try {
    response = await (follow.fetch ?? fetch)(follow.url, { headers, signal, cache: "no-store" });
  } finally {
    clearTimeout(silence);
  }
  if (response.status === 204) return "ended";
  if (!response.ok || response.body === null) throw new ProblemError(await problemFrom(response));
  follow.onConnection("open");
  return (await readStream(follow, response.body, progress, stop)) ? "ended" : "dropped";
}

/**
 * Follows a run's events to their end, each once and in order, over as many connections as it takes.
 * Resolves when the run has ended, the caller has left (its signal), or the attempts are used up
 * (`onConnection("lost")`); rejects with a ProblemError that no retry will mend.
 */
export async function followRun(follow: Follow): Promise<void> {
  const progress: Progress = { lastSeq: follow.lastSeq, baseMs: FIRST_DELAY_MS, attempt: 0 };
  follow.onConnection("connecting");
  while (!follow.signal.aborted) {
    let askedMs = 0;
    try {
      if ((await connectOnce(follow, progress)) === "ended") return;
    } catch (error) {
      if (follow.signal.aborted) return;
      if (error instanceof ProblemError) {
        if (progress.attempt >= attemptsWorthwhile(error.problem.status ?? 0)) throw error;
        askedMs = Math.min(error.problem.retryAfterMs ?? 0, 60_000);
      }
    }
    progress.attempt += 1;
    if (progress.attempt > ATTEMPTS_IN_A_ROW) {
      follow.onConnection("lost");
      return;
    }
    if (follow.signal.aborted) return;
    follow.onConnection("reconnecting");
    const delay = retryDelay(progress.attempt, progress.baseMs, askedMs, Math.random());
    await (follow.wait ?? pause)(delay, follow.signal);
  }
}
