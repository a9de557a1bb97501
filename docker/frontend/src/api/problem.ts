/** An error as the service tells it: application/problem+json, RFC 9457. */
export interface Problem {
  title: string;
  detail?: string;
  status?: number;
  requestId?: string;
  errors?: { field: string; detail: string }[];
  /** How long the server asks to be left alone, in milliseconds. */
  retryAfterMs?: number;
}

/** Thrown by every call in this folder; carries what the reader should be told. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

const UNREACHABLE: Problem = {
  title: "The server can't be reached",
  detail: "Check your connection. If you run this server, look at it with: ./stack status",
};

const UNREADABLE = "Try again in a moment. If you run this server, look at it with: ./stack status";

export function toProblem(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : UNREACHABLE;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function fieldErrors(value: unknown): { field: string; detail: string }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry) => {
    const field = isRecord(entry) ? text(entry["field"]) : undefined;
    const detail = isRecord(entry) ? text(entry["detail"]) : undefined;
    return field && detail ? [{ field, detail }] : [];
  });
}

/** Seconds or an HTTP date, as `Retry-After` allows; undefined when it says neither. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Reads a refused answer; one that is no problem document still yields a readable problem. */
export async function problemFrom(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  const document = isRecord(body) ? body : {};
  const detail = text(document["detail"]) ?? (response.status >= 500 ? UNREADABLE : undefined);
  const requestId = text(document["requestId"]) ?? text(response.headers.get("X-Request-Id"));
  const errors = fieldErrors(document["errors"]);
  const retryAfter = retryAfterMs(response.headers.get("Retry-After"), Date.now());
  return {
    title: text(document["title"]) ?? `The server answered ${response.status}`,
    status: response.status,
    ...(detail && { detail }),
    ...(requestId && { requestId }),
    ...(errors.length > 0 && { errors }),
    ...(retryAfter !== undefined && { retryAfterMs: retryAfter }),
  };
}
