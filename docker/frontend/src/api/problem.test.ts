import { describe, expect, it } from "vitest";
import { problemFrom, retryAfterMs } from "./problem";

describe("problemFrom", () => {
  it("reads a problem document whole", async () => {
    const document = {
      title: "Invalid",
      status: 400,
      detail: "One field is wrong.",
      errors: [{ field: "input", detail: "must not be empty" }, { nonsense: true }],
      requestId: "abc",
    };
    const response = new Response(JSON.stringify(document), { status: 400, headers: { "Retry-After": "2" } });
    expect(await problemFrom(response)).toEqual({
      title: "Invalid",
      status: 400,
      detail: "One field is wrong.",
      errors: [{ field: "input", detail: "must not be empty" }],
      requestId: "abc",
      retryAfterMs: 2000,
    });
  });

  it("makes something readable of any other answer", async () => {
    for (const body of ["<html>", "", "[1]", '"text"', "null"]) {
      expect(await problemFrom(new Response(body, { status: 500 }))).toEqual({
        title: "The server answered 500",
        status: 500,
        detail: "Try again in a moment. If you run this server, look at it with: ./stack status",
      });
    }
  });
});

describe("retryAfterMs", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");

  it("takes seconds and dates", () => {
    expect(retryAfterMs("3", now)).toBe(3000);
    expect(retryAfterMs("Thu, 01 Jan 2026 00:00:05 GMT", now)).toBe(5000);
    expect(retryAfterMs("Thu, 01 Jan 2025 00:00:05 GMT", now)).toBe(0);
  });

  it("ignores anything else", () => {
    expect(retryAfterMs(null, now)).toBeUndefined();
    expect(retryAfterMs("soon", now)).toBeUndefined();
  });
});
