// @vitest-environment happy-dom
import { QueryClient } from "@tanstack/react-query";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runsQuery, whileLive } from "./runs";

afterEach(() => vi.unstubAllGlobals());

const META = { page: 1, pageSize: 25, total: 0 };

describe("runsQuery", () => {
  it("asks for several states in one parameter, as the service takes them", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (request: Request) => {
      asked.push(new URL(request.url).search);
      return Response.json({ data: [], meta: META });
    });
    await new QueryClient().fetchQuery(runsQuery({ page: 2, state: ["queued", "running"] }));
    expect(asked).toEqual(["?page=2&state=queued,running"]);
  });
});

describe("whileLive", () => {
  const run = { id: "r", agentId: "a", agentName: "Ada", input: "", createdAt: "2026-01-01T00:00:00Z" };

  it("asks again only while one of the runs goes on", () => {
    expect(whileLive({ data: [{ ...run, state: "queued" }], meta: META })).toBeGreaterThan(0);
    expect(whileLive({ data: [{ ...run, state: "failed" }], meta: META })).toBe(false);
    expect(whileLive(undefined)).toBe(false);
  });
});
