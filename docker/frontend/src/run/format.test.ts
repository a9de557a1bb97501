import { describe, expect, it } from "vitest";
import { formatCost, formatDuration, formatTokens } from "./format";

describe("figures", () => {
  it("counts cached input as input", () => {
    const usage = { inputTokens: 1000, cacheReadInputTokens: 234, outputTokens: 56, final: true };
    expect(formatTokens(usage)).toBe("1,234 tokens in, 56 out");
  });

  it("marks a lower bound as such", () => {
    expect(formatTokens({ inputTokens: 3, outputTokens: 1, final: false })).toBe(
      "at least 3 tokens in, 1 out",
    );
    expect(formatCost(0.5, false)).toBe("at least $0.5000");
  });

  it("shows small prices without rounding them away", () => {
    expect([0, 0.00002, 0.0012, 12.345].map((cost) => formatCost(cost, true))).toEqual([
      "$0.0000",
      "under $0.0001",
      "$0.0012",
      "$12.35",
    ]);
  });

  it("tells durations the way people do", () => {
    const start = "2026-01-01T00:00:00Z";
    expect(formatDuration(start, "2026-01-01T00:00:01.500Z")).toBe("1.5 s");
    expect(formatDuration(start, "2026-01-01T00:02:05Z")).toBe("2 min 5 s");
    expect(formatDuration("nonsense", start)).toBeUndefined();
  });
});
