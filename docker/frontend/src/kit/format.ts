const counts = new Intl.NumberFormat("en-US");
const days = new Intl.DateTimeFormat("en-US", { dateStyle: "medium" });
const times = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short" });

export function formatCount(count: number): string {
  return counts.format(count);
}

export function formatDay(iso: string): string {
  return days.format(new Date(iso));
}

export function formatTime(iso: string): string {
  return times.format(new Date(iso));
}
