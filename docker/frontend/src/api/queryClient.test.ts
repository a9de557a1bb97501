import { describe, expect, it } from "vitest";
import { ProblemError } from "./problem";
import { isWorthRetrying, retryDelayMs } from "./queryClient";

const refused = (status: number, retryAfterMs?: number) =>
  new ProblemError({ title: "No", status, ...(retryAfterMs !== undefined && { retryAfterMs }) });

describe("isWorthRetrying", () => {
  it("asks again, twice, where the server was away", () => {
    for (const error of [refused(503), refused(500), refused(408), new TypeError("fetch failed")]) {
      expect([0, 1, 2].map((failures) => isWorthRetrying(failures, error))).toEqual([true, true, false]);
    }
  });

  it("takes a refusal as final", () => {
    for (const status of [400, 401, 403, 404, 409, 412, 422, 429]) {
      expect(isWorthRetrying(0, refused(status))).toBe(false);
    }
  });
});

describe("retryDelayMs", () => {
  it("grows with jitter up to a bound", () => {
    expect(retryDelayMs(0, refused(503), 0)).toBe(0);
    expect(retryDelayMs(0, refused(503), 1)).toBe(500);
    expect(retryDelayMs(1, refused(503), 0.5)).toBe(500);
    expect(retryDelayMs(20, refused(503), 1)).toBe(8000);
  });

  it("leaves the server alone for as long as it asked, within the bound", () => {
    expect(retryDelayMs(0, refused(503, 3000), 0)).toBe(3000);
    expect(retryDelayMs(0, refused(503, 3_600_000), 0)).toBe(8000);
  });
});
