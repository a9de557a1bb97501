const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Days as `2026-01-31`, in UTC, both included. */
export type Period = {
  from: string;
  to: string;
};

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function lastDays(days: number, now: number): Period {
  return { from: dayOf(now - (days - 1) * DAY_MS), to: dayOf(now) };
}

/** The whole month that lies so many months back, of the present one only what has passed. */
function month(back: number, now: number): Period {
  const at = new Date(now);
  const begin = (months: number) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1);
  return { from: dayOf(begin(-back)), to: dayOf(Math.min(begin(1 - back) - DAY_MS, now)) };
}

/** The times that can be chosen by name; those of one's own days are not among them. */
export const NAMED_PERIODS = {
  "7": { label: "Last 7 days", at: (now: number) => lastDays(7, now) },
  "30": { label: "Last 30 days", at: (now: number) => lastDays(30, now) },
  "90": { label: "Last 90 days", at: (now: number) => lastDays(90, now) },
  "365": { label: "Last 12 months", at: (now: number) => lastDays(365, now) },
  month: { label: "This month", at: (now: number) => month(0, now) },
  "month-before": { label: "Last month", at: (now: number) => month(1, now) },
} as const;

export type NamedPeriod = keyof typeof NAMED_PERIODS;

/** What an address chooses. */
export type Choice = { name: NamedPeriod; period: Period } | { name: "own"; period: Period };

const USUAL: NamedPeriod = "30";

/** Reads an address; what it doesn't say, or says wrongly, is as usual. */
export function chosenPeriod(address: URLSearchParams, now: number): Choice {
  const name = address.get("time") ?? "";
  const usual = NAMED_PERIODS[USUAL].at(now);
  if (name === "own") {
    const day = (key: "from" | "to") => {
      const text = address.get(key) ?? "";
      return DAY.test(text) ? text : usual[key];
    };
    return { name, period: { from: day("from"), to: day("to") } };
  }
  return isNamed(name) ? { name, period: NAMED_PERIODS[name].at(now) } : { name: USUAL, period: usual };
}

function isNamed(name: string): name is NamedPeriod {
  return Object.hasOwn(NAMED_PERIODS, name);
}
