import { QueryClient } from "@tanstack/react-query";
import { ProblemError } from "./problem";

const RETRIES = 2;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8000;
const FRESH_MS = 5000;

/** Asking again helps where the server was away or failed, not where it refused. */
export function isWorthRetrying(failures: number, error: unknown): boolean {
  if (failures >= RETRIES) return false;
  const status = error instanceof ProblemError ? error.problem.status : undefined;
  return status === undefined || status >= 500 || status === 408;
}

/** Doubling, with full jitter, and never sooner than the server asked for. */
export function retryDelayMs(failures: number, error: unknown, random: number): number {
  const asked = error instanceof ProblemError ? (error.problem.retryAfterMs ?? 0) : 0;
  const grown = Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS);
  return Math.min(Math.max(asked, grown * random), LONGEST_DELAY_MS);
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: isWorthRetrying,
        retryDelay: (failures, error) => retryDelayMs(failures, error, Math.random()),
        staleTime: FRESH_MS,
        // The server may well be on this machine, which is reached without any network.
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}
