import type { Usage } from "./events";

const counts = new Intl.NumberFormat("en-US");

export function formatTokens(usage: Usage): string {
  const input = usage.inputTokens + (usage.cacheCreationInputTokens ?? 0) + (usage.cacheReadInputTokens ?? 0);
  const bound = usage.final ? "" : "at least ";
  return `${bound}${counts.format(input)} tokens in, ${counts.format(usage.outputTokens)} out`;
}

/** US dollars, with as many digits as a price this small needs. */
export function formatCost(costUsd: number, final: boolean): string {
  const bound = final ? "" : "at least ";
  if (costUsd > 0 && costUsd < 0.0001) return `${bound}under $0.0001`;
  const digits = costUsd >= 1 ? 2 : 4;
  return `${bound}$${costUsd.toFixed(digits)}`;
}

export function formatDuration(startedAt: string, endedAt: string): string | undefined {
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  if (!Number.isFinite(seconds) || seconds < 0) return undefined;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
