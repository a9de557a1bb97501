// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, content, SIGNED_OUT, stated } from "./client";
import { ProblemError } from "./problem";

function answering(status: number, body: unknown, headers: Record<string, string> = {}): Request[] {
  const asked: Request[] = [];
  vi.stubGlobal("fetch", (request: Request) => {
    asked.push(request);
    return Promise.resolve(
      new Response(body === undefined ? null : JSON.stringify(body), {
        status,
        headers: { "Content-Type": "application/json", ...headers },
      }),
    );
  });
  return asked;
}

describe("api", () => {
  let signedOut = 0;
  const count = () => {
    signedOut += 1;
  };
  beforeEach(() => {
    signedOut = 0;
    window.addEventListener(SIGNED_OUT, count);
  });
  afterEach(() => {
    window.removeEventListener(SIGNED_OUT, count);
    vi.unstubAllGlobals();
  });

  it("asks below /api and gives the entry with its state", async () => {
    const asked = answering(200, { id: "a1", name: "Ada" }, { ETag: '"7"' });
    const agent = await stated(api.GET("/agents/{id}", { params: { path: { id: "a/1" } } }));
    expect(agent).toEqual({ value: { id: "a1", name: "Ada" }, etag: '"7"' });
    expect(new URL(asked[0]?.url ?? "").pathname).toBe("/api/agents/a%2F1");
  });

  it("throws what the service refuses, and tells when nobody is signed in", async () => {
    answering(401, { title: "Not signed in" });
    const failure = await content(api.GET("/agents")).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect((failure as ProblemError).problem.title).toBe("Not signed in");
    expect(signedOut).toBe(1);
  });

  it("takes a wrong password for what it is", async () => {
    answering(401, { title: "Wrong password" });
    const body = { currentPassword: "a", newPassword: "1234567890" };
    await expect(api.PUT("/session/password", { body })).rejects.toBeInstanceOf(ProblemError);
    expect(signedOut).toBe(0);
  });
});
