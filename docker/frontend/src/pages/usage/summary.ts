import type { UsageShare } from "../../api/usage";

/** What is counted. */
export type Measure = "cost" | "tokens" | "runs";

/** What some runs took together. */
export interface Sum {
  runs: number;
  tokens: number;
  cost: number;
  /** Runs that took tokens and whose price is not known: the cost is then more than it says. */
  unpricedRuns: number;
  /** Whether the tokens are all there are; else they are a lower bound. */
  final: boolean;
}

export interface Slice extends Sum {
  id: string;
  label: string;
}

const NOTHING: Sum = { runs: 0, tokens: 0, cost: 0, unpricedRuns: 0, final: true };

function add(sum: Sum, share: UsageShare): Sum {
  const { inputTokens, outputTokens, cacheCreationInputTokens, cacheReadInputTokens, final } = share.usage;
  return {
    runs: sum.runs + share.runs,
    tokens: sum.tokens + inputTokens + outputTokens + cacheCreationInputTokens + cacheReadInputTokens,
    cost: sum.cost + (share.costUsd ?? 0),
    unpricedRuns: sum.unpricedRuns + share.unpricedRuns,
    final: sum.final && final,
  };
}

export function total(shares: readonly UsageShare[]): Sum {
  return shares.reduce(add, NOTHING);
}

/** Sums by what `key` tells of a share, the largest first. */
export function slices(
  shares: readonly UsageShare[],
  key: (share: UsageShare) => { id: string; label: string },
  measure: Measure,
): Slice[] {
  const found = new Map<string, Slice>();
  for (const share of shares) {
    const { id, label } = key(share);
    // Shares come with the latest day first, so that the first label is the present one.
    const known = found.get(id) ?? { ...NOTHING, id, label };
    found.set(id, { ...add(known, share), id, label: known.label });
  }
  return [...found.values()].sort((a, b) => b[measure] - a[measure] || b.runs - a.runs);
}

const DAY_MS = 86_400_000;

/** The days from one to another, both included, as `2026-01-31`. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

export interface Bar extends Sum {
  id: string;
  label: string;
}

const MOST_BARS = 100;
const dayLabel = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
const monthLabel = new Intl.DateTimeFormat("en-US", { month: "short", year: "numeric", timeZone: "UTC" });

/** One bar a day, or a month where there would be too many; days without runs have theirs, too. */
export function bars(shares: readonly UsageShare[], from: string, to: string): Bar[] {
  const days = daysBetween(from, to);
  const byMonth = days.length > MOST_BARS;
  const bucket = (day: string) => (byMonth ? day.slice(0, 7) : day);
  const format = byMonth ? monthLabel : dayLabel;
  const found = new Map<string, Bar>();
  for (const day of days) {
    const id = bucket(day);
    if (!found.has(id)) found.set(id, { ...NOTHING, id, label: format.format(Date.parse(day)) });
  }
  for (const share of shares) {
    const known = found.get(bucket(share.day));
    if (known) found.set(known.id, { ...add(known, share), id: known.id, label: known.label });
  }
  return [...found.values()];
}

/** The next round number: where an axis ends. */
export function niceCeiling(value: number): number {
  if (value <= 0) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((candidate) => candidate * magnitude >= value * (1 - 1e-9)) ?? 10;
  return step * magnitude;
}

const counts = new Intl.NumberFormat("en-US");
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

function dollars(value: number): string {
  if (value === 0) return "$0";
  if (value < 0.0001) return "under $0.0001";
  return `$${value.toFixed(value >= 1 ? 2 : 4)}`;
}

/** A sum as it is read, with "at least" where it is a lower bound. */
export function formatMeasure(sum: Sum, measure: Measure): string {
  switch (measure) {
    case "cost":
      return `${sum.final && sum.unpricedRuns === 0 ? "" : "at least "}${dollars(sum.cost)}`;
    case "tokens":
      return `${sum.final ? "" : "at least "}${counts.format(sum.tokens)}`;
    case "runs":
      return counts.format(sum.runs);
  }
}

/** A value at an axis. */
export function formatTick(value: number, measure: Measure): string {
  if (measure !== "cost") return short.format(value);
  return value === 0 ? "$0" : `$${Number(value.toPrecision(3))}`;
}
