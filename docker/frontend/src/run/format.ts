import { formatCount } from "../kit/format";
import type { Usage } from "./events";

export function formatTokens(usage: Usage): string {
  const input = usage.inputTokens + usage.cacheCreationInputTokens + usage.cacheReadInputTokens;
  const bound = usage.final ? "" : "at least ";
  return `${bound}${formatCount(input)} tokens in, ${formatCount(usage.outputTokens)} out`;
}

/** US dollars, with as many digits as a price this small needs. */
export function formatCost(costUsd: number, final: boolean): string {
  const bound = final ? "" : "at least ";
  if (final && costUsd > 0 && costUsd < 0.0001) return "under $0.0001";
  const digits = costUsd >= 1 ? 2 : 4;
  return `${bound}$${costUsd.toFixed(digits)}`;
}

export function formatMillis(millis: number): string {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  const seconds = millis / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export function formatDuration(startedAt: string, endedAt: string): string | undefined {
  const millis = Date.parse(endedAt) - Date.parse(startedAt);
  return Number.isFinite(millis) && millis >= 0 ? formatMillis(millis) : undefined;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
