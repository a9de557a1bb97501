import { describe, expect, it } from "vitest";
import type { UsageShare } from "../../api/usage";
import { bars, formatMeasure, niceCeiling, slices, total } from "./summary";

function share(day: string, agentId: string, tokens: number, more: Partial<UsageShare> = {}): UsageShare {
  return {
    day,
    agentId,
    agentName: agentId.toUpperCase(),
    runs: 1,
    usage: {
      inputTokens: tokens,
      outputTokens: 1,
      cacheCreationInputTokens: 2,
      cacheReadInputTokens: 3,
      final: true,
    },
    costUsd: tokens / 1000,
    unpricedRuns: 0,
    ...more,
  };
}

describe("total", () => {
  it("counts every kind of token", () => {
    expect(total([share("2026-01-01", "a", 10), share("2026-01-02", "b", 20)])).toEqual({
      runs: 2,
      tokens: 42,
      cost: 0.03,
      unpricedRuns: 0,
      final: true,
    });
  });
});

describe("formatMeasure", () => {
  it("says where there is more than is known", () => {
    const { costUsd: _, ...unpriced } = share("2026-01-01", "a", 10, { unpricedRuns: 1 });
    expect(formatMeasure(total([unpriced]), "cost")).toBe("at least $0");
    expect(formatMeasure(total([share("2026-01-01", "a", 10)]), "cost")).toBe("$0.0100");
    const open = share("2026-01-01", "a", 10);
    expect(formatMeasure(total([{ ...open, usage: { ...open.usage, final: false } }]), "tokens")).toBe(
      "at least 16",
    );
  });
});

describe("slices", () => {
  it("puts the largest first, under their latest names", () => {
    const shares = [
      share("2026-01-02", "a", 10, { agentName: "New name" }),
      share("2026-01-01", "a", 10, { agentName: "Old name" }),
      share("2026-01-01", "b", 100),
    ];
    const found = slices(shares, ({ agentId, agentName }) => ({ id: agentId, label: agentName }), "tokens");
    expect(found.map(({ label, tokens, runs }) => [label, tokens, runs])).toEqual([
      ["B", 106, 1],
      ["New name", 32, 2],
    ]);
  });
});

describe("bars", () => {
  it("has one for each day, with runs or without", () => {
    const found = bars(
      [share("2026-03-01", "a", 10), share("2026-03-01", "b", 5)],
      "2026-02-27",
      "2026-03-02",
    );
    expect(found.map(({ label, runs }) => [label, runs])).toEqual([
      ["Feb 27", 0],
      ["Feb 28", 0],
      ["Mar 1", 2],
      ["Mar 2", 0],
    ]);
  });

  it("has one for each month of a long time", () => {
    const found = bars([share("2026-03-31", "a", 10)], "2025-12-15", "2026-05-01");
    expect(found.map(({ label, runs }) => [label, runs])).toEqual([
      ["Dec 2025", 0],
      ["Jan 2026", 0],
      ["Feb 2026", 0],
      ["Mar 2026", 1],
      ["Apr 2026", 0],
      ["May 2026", 0],
    ]);
  });
});

describe("niceCeiling", () => {
  it("is a round number not below the value", () => {
    expect([0, 0.003, 1, 7, 21, 999].map(niceCeiling)).toEqual([1, 0.005, 1, 10, 25, 1000]);
  });
});
