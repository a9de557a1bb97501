import { describe, expect, it } from "vitest";
import { runAgent } from "./beginRun";
import { ProblemError } from "./problem";

/** A server that answers each request with the next of its answers, and remembers what it was asked. */
function server(...answers: (Response | Error)[]) {
  const asked: { url: string; key: string | null; body: unknown }[] = [];
  const waits: number[] = [];
  return {
    asked,
    waits,
    fetch: async (url: RequestInfo | URL, init?: RequestInit) => {
      const key = new Headers(init?.headers).get("Idempotency-Key");
      asked.push({ url: String(url), key, body: JSON.parse(String(init?.body)) });
      const answer = answers.shift() ?? new TypeError("connection refused");
      if (answer instanceof Error) throw answer;
      return answer;
    },
    wait: async (ms: number) => {
      waits.push(ms);
    },
  };
}

function begun(id: string): Response {
  return new Response("{}", { status: 201, headers: { Location: `/api/runs/${id}` } });
}

describe("runAgent", () => {
  it("tells the id of the run that it began", async () => {
    const there = server(begun("r1"));
    expect(await runAgent("a", "Hello", [], "k", there)).toBe("r1");
    expect(there.asked).toEqual([{ url: "/api/runs", key: "k", body: { agentId: "a", input: "Hello" } }]);
  });

  it("asks again with the same key where the connection broke, so that no second run begins", async () => {
    const there = server(new TypeError("reset"), begun("r1"));
    expect(await runAgent("a", "Hello", [{ uploadId: "7" }], "k", there)).toBe("r1");
    expect(there.asked.map(({ key }) => key)).toEqual(["k", "k"]);
    expect(there.asked[1]).toEqual(there.asked[0]);
    expect(there.waits.length).toBe(1);
  });

  it("gives up after three attempts", async () => {
    const there = server();
    await expect(runAgent("a", "Hello", [], "k", there)).rejects.toThrow("connection refused");
    expect(there.asked.length).toBe(3);
  });

  it("does not repeat what was refused, and tells why", async () => {
    const there = server(Response.json({ title: "Some fields are wrong" }, { status: 422 }));
    const refusal = await runAgent("a", "", [], "k", there).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ProblemError);
    expect((refusal as ProblemError).problem).toMatchObject({ title: "Some fields are wrong", status: 422 });
    expect(there.asked.length).toBe(1);
  });
});
