import { describe, expect, it } from "vitest";
import type { Usage } from "./events";
import { formatBytes, formatCost, formatDuration, formatTokens } from "./format";

const USAGE: Usage = {
  inputTokens: 1200,
  outputTokens: 31,
  cacheCreationInputTokens: 30,
  cacheReadInputTokens: 4,
  final: true,
};

describe("formatTokens", () => {
  it("counts what the cache brought or took as input", () => {
    expect(formatTokens(USAGE)).toBe("1,234 tokens in, 31 out");
  });

  it("calls a lower bound one", () => {
    expect(formatTokens({ ...USAGE, final: false })).toBe("at least 1,234 tokens in, 31 out");
  });
});

describe("formatCost", () => {
  it("shows as many digits as the price needs", () => {
    expect(formatCost(0, true)).toBe("$0.0000");
    expect(formatCost(0.000012, true)).toBe("under $0.0001");
    expect(formatCost(0.0123, true)).toBe("$0.0123");
    expect(formatCost(12.3456, true)).toBe("$12.35");
    expect(formatCost(0.000012, false)).toBe("at least $0.0000");
    expect(formatCost(0.0123, false)).toBe("at least $0.0123");
  });
});

describe("formatDuration", () => {
  it("says nothing of times that make no sense", () => {
    expect(formatDuration("2026-01-01T00:00:01Z", "2026-01-01T00:00:00Z")).toBeUndefined();
    expect(formatDuration("", "2026-01-01T00:00:00Z")).toBeUndefined();
  });

  it("grows with the duration", () => {
    expect(formatDuration("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.420Z")).toBe("420 ms");
    expect(formatDuration("2026-01-01T00:00:00Z", "2026-01-01T00:00:12.340Z")).toBe("12.3 s");
    expect(formatDuration("2026-01-01T00:00:00Z", "2026-01-01T00:01:59.900Z")).toBe("2 min 0 s");
  });
});

describe("formatBytes", () => {
  it("grows with the size", () => {
    expect([999, 1000, 1_250_000].map(formatBytes)).toEqual(["999 B", "1 kB", "1.3 MB"]);
  });
});
