import { describe, expect, it } from "vitest";
import { chosenPeriod } from "./period";

const NOW = Date.parse("2026-03-01T00:30:00Z");

function chosen(address: string, now = NOW) {
  return chosenPeriod(new URLSearchParams(address), now);
}

describe("chosenPeriod", () => {
  it("is of the last 30 days where nothing is said, or nothing that is known", () => {
    const usual = { name: "30", period: { from: "2026-01-31", to: "2026-03-01" } };
    expect(chosen("")).toEqual(usual);
    expect(chosen("time=toString")).toEqual(usual);
  });

  it("counts today among the last days", () => {
    expect(chosen("time=7").period).toEqual({ from: "2026-02-23", to: "2026-03-01" });
  });

  it("ends the month at work today, and the one before with its last day", () => {
    expect(chosen("time=month").period).toEqual({ from: "2026-03-01", to: "2026-03-01" });
    expect(chosen("time=month-before").period).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  });

  it("goes back over the turn of a year", () => {
    expect(chosen("time=month-before", Date.parse("2026-01-31T23:59:59Z")).period).toEqual({
      from: "2025-12-01",
      to: "2025-12-31",
    });
  });

  it("takes one's own days, and the usual ones for what is no day", () => {
    expect(chosen("time=own&from=2025-10-01&to=2025-10-31")).toEqual({
      name: "own",
      period: { from: "2025-10-01", to: "2025-10-31" },
    });
    expect(chosen("time=own&from=soon").period).toEqual({ from: "2026-01-31", to: "2026-03-01" });
  });
});
