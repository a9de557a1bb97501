import { describe, expect, it } from "vitest";
import { ProblemError } from "../api/problem";
import { type Connection, followRun, retryDelay } from "./follow";

const END = { type: "run.completed", stopReason: "end_turn" };

function frame(seq: number, event: object = { type: "text.delta", turn: 1, text: `${seq} ` }): string {
  return `id: ${seq}\ndata: ${JSON.stringify({ runId: "r", seq, at: "2026-01-01T00:00:00Z", ...event })}\n\n`;
}

interface Answer {
  status?: number;
  chunks?: string[];
  headers?: Record<string, string>;
  /** The connection breaks after the chunks instead of ending. */
  breaks?: boolean;
  /** After the chunks nothing comes any more, not even an end. */
  stalls?: boolean;
  byteByByte?: boolean;
}

/** A server that answers each request with the next of its answers, and remembers what it was asked. */
class Server {
  readonly asked: (string | null)[] = [];
  readonly #answers: Answer[];

  constructor(...answers: Answer[]) {
    this.#answers = answers;
  }

  readonly fetch = async (_: unknown, init?: RequestInit): Promise<Response> => {
    this.asked.push(new Headers(init?.headers).get("Last-Event-ID"));
    const answer = this.#answers.shift();
    if (answer === undefined) throw new TypeError("connection refused");
    const {
      status = 200,
      chunks = [],
      headers = {},
      breaks = false,
      stalls = false,
      byteByByte = false,
    } = answer;
    if (status === 204) return new Response(null, { status });
    if (status !== 200) return new Response(chunks.join(""), { status, headers });
    const whole = chunks.map((chunk) => new TextEncoder().encode(chunk));
    const bytes = byteByByte
      ? whole.flatMap((chunk) => [...chunk].map((byte) => Uint8Array.of(byte)))
      : whole;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        init?.signal?.addEventListener("abort", () => controller.error(init.signal?.reason));
      },
      async pull(controller) {
        const next = bytes.shift();
        if (next !== undefined) controller.enqueue(next);
        else if (stalls) await new Promise(() => undefined);
        else if (breaks) controller.error(new TypeError("connection reset"));
        else controller.close();
      },
    });
    return new Response(body, { headers });
  };
}

async function follow(
  server: Server,
  lastSeq = 0,
  signal = new AbortController().signal,
  silenceMs = 10_000,
) {
  const seen: number[] = [];
  const texts: string[] = [];
  const connections: Connection[] = [];
  const waits: number[] = [];
  await followRun({
    url: "/api/runs/r/events",
    lastSeq,
    signal,
    silenceMs,
    fetch: server.fetch,
    wait: async (ms) => {
      waits.push(ms);
    },
    onEvent: (event) => {
      seen.push(event.seq);
      if (event.type === "text.delta") texts.push(event.text);
    },
    onConnection: (connection) => connections.push(connection),
  });
  return { seen, texts, connections, waits };
}

describe("followRun", () => {
  it("reads a stream to its end over one connection", async () => {
    const server = new Server({
      chunks: ["retry: 2000\n\n", frame(1), frame(2), ": heartbeat\n\n", frame(3, END)],
    });
    const { seen, connections } = await follow(server);
    expect(seen).toEqual([1, 2, 3]);
    expect(server.asked).toEqual([null]);
    expect(connections).toEqual(["connecting", "open"]);
  });

  it("resumes after the last event it has seen, and shows none twice", async () => {
    const server = new Server(
      { chunks: [frame(1), frame(2)], breaks: true },
      { chunks: [frame(2), frame(3)] },
      { chunks: [frame(4, END)] },
    );
    const { seen, connections } = await follow(server);
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(server.asked).toEqual([null, "2", "3"]);
    expect(connections).toEqual(["connecting", "open", "reconnecting", "open", "reconnecting", "open"]);
  });

  it("loses nothing, wherever the connection breaks", async () => {
    const whole = frame(1) + frame(2, { type: "text.delta", turn: 1, text: "é — 語" }) + frame(3, END);
    for (let cut = 0; cut < whole.length; cut += 1) {
      const received = whole.slice(0, cut).split("\n\n").length - 1;
      const rest = [frame(1), frame(2), frame(3, END)].slice(received);
      const server = new Server({ chunks: [whole.slice(0, cut)], breaks: true }, { chunks: rest });
      expect((await follow(server)).seen).toEqual([1, 2, 3]);
      expect(server.asked).toEqual([null, received === 0 ? null : String(received)]);
    }
  });

  it("reads events and characters that arrive in pieces", async () => {
    const said = "é — 語 🙂";
    const chunks = [frame(1, { type: "text.delta", turn: 1, text: said }), frame(2, END)];
    const { texts } = await follow(new Server({ chunks, byteByByte: true }));
    expect(texts).toEqual([said]);
  });

  it("gives up a connection that has gone silent", async () => {
    const server = new Server({ chunks: [frame(1)], stalls: true }, { chunks: [frame(2, END)] });
    const { seen } = await follow(server, 0, new AbortController().signal, 50);
    expect(seen).toEqual([1, 2]);
    expect(server.asked).toEqual([null, "1"]);
  });

  it("starts from where the caller is", async () => {
    const server = new Server({ chunks: [frame(8), frame(9, END)] });
    expect((await follow(server, 7)).seen).toEqual([8, 9]);
    expect(server.asked).toEqual(["7"]);
  });

  it("is done when the server has nothing after the last event", async () => {
    expect((await follow(new Server({ status: 204 }), 9)).seen).toEqual([]);
  });

  it("waits as long as a server that is away asks for", async () => {
    const server = new Server({ status: 503, headers: { "Retry-After": "30" } }, { chunks: [frame(1, END)] });
    const { seen, waits } = await follow(server);
    expect(seen).toEqual([1]);
    expect(waits).toEqual([30_000]);
  });

  it("takes the base of its waits from the stream", async () => {
    const server = new Server({ chunks: ["retry: 100\n\n"] }, { chunks: [frame(1, END)] });
    const [wait] = (await follow(server)).waits;
    expect(wait).toBeGreaterThanOrEqual(75);
    expect(wait).toBeLessThanOrEqual(125);
  });

  it("gives up at once on what no retry will mend, with the server's reason", async () => {
    const refused = { status: 404, chunks: ['{"title":"No such run","detail":"It was deleted."}'] };
    const failure = await follow(new Server(refused)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect((failure as ProblemError).problem).toEqual({
      title: "No such run",
      detail: "It was deleted.",
      status: 404,
    });
  });

  it("tries a failing server a few times, then tells its reason", async () => {
    const failure = { status: 500, chunks: ['{"title":"The service failed"}'] };
    const passing = new Server(failure, failure, { chunks: [frame(1, END)] });
    expect((await follow(passing)).seen).toEqual([1]);

    const lasting = new Server(...Array.from({ length: 20 }, () => failure));
    await expect(follow(lasting)).rejects.toMatchObject({ problem: { title: "The service failed" } });
    expect(lasting.asked.length).toBe(4);
  });

  it("stops trying after its limit and says that the connection is lost", async () => {
    const server = new Server();
    const { connections, waits } = await follow(server);
    expect(connections.at(-1)).toBe("lost");
    expect(server.asked.length).toBe(waits.length + 1);
    expect(server.asked.length).toBeLessThan(50);
  });

  it("is silent once its caller has left", async () => {
    const leaving = new AbortController();
    leaving.abort();
    const server = new Server({ chunks: [frame(1, END)] });
    expect((await follow(server, 0, leaving.signal)).seen).toEqual([]);
    expect(server.asked).toEqual([]);
  });
});

describe("retryDelay", () => {
  it("doubles up to a cap, within its jitter", () => {
    const low = [1, 2, 3, 4, 5, 30].map((attempt) => retryDelay(attempt, 2000, 0, 0));
    const high = [1, 2, 3, 4, 5, 30].map((attempt) => retryDelay(attempt, 2000, 0, 1));
    expect(low).toEqual([1500, 3000, 6000, 11250, 11250, 11250]);
    expect(high).toEqual([2500, 5000, 10000, 18750, 18750, 18750]);
  });

  it("is never shorter than what the server asked for", () => {
    expect(retryDelay(1, 2000, 9000, 0)).toBe(9000);
  });
});
