import { toProblem } from "../api/problem";
import { toasts } from "../kit/toasts";

/** Tells at the edge of the page what went wrong. */
export function tell(what: string, error: unknown): void {
  const { title, detail } = toProblem(error);
  toasts.show(`${what} ${detail ?? title}`, { tone: "problem" });
}
