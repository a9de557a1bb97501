import type { AttachmentSource } from "../compose/attachments";
import { API_URL, type Schemas, SIGNED_OUT } from "./client";
import { ProblemError, problemFrom } from "./problem";

/** A request may bring 16 MB, over a slow line. */
const DEADLINE_MS = 120_000;
const ATTEMPTS = 3;
const FIRST_DELAY_MS = 500;

export interface Beginning {
  fetch?: typeof globalThis.fetch;
  wait?: (ms: number) => Promise<void>;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Without an answer nobody knows whether the run began; the same key makes the same run of both requests. */
async function answered(url: string, init: RequestInit, parts: Beginning): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await (parts.fetch ?? fetch)(url, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) });
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await (parts.wait ?? pause)(FIRST_DELAY_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}

/**
 * Begins a run and tells its id. The answer's own events are left unread: whoever follows the run asks for
 * them by its id, as after a reload. Refusals are thrown as ProblemErrors.
 */
async function begin(path: string, body: object, key: string, parts: Beginning = {}): Promise<string> {
  const headers = {
    "Content-Type": "application/json",
    Accept: "text/event-stream, application/json",
    "Idempotency-Key": key,
  };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  const response = await answered(`${API_URL}${path}`, init, parts);
  if (response.status === 401) window.dispatchEvent(new Event(SIGNED_OUT));
  if (!response.ok) throw new ProblemError(await problemFrom(response));
  const id = /\/runs\/([^/?]+)$/.exec(response.headers.get("Location") ?? "")?.[1];
  await response.body?.cancel();
  if (id === undefined) {
    throw new ProblemError({ title: "The server's answer names no run", status: response.status });
  }
  return id;
}

export function runAgent(
  agentId: string,
  input: string,
  attachments: AttachmentSource[],
  key: string,
  parts?: Beginning,
): Promise<string> {
  const body = { agentId, input, ...(attachments.length > 0 && { attachments }) };
  return begin("/runs", body, key, parts);
}

export function runTask(
  taskId: string,
  inputValues: NonNullable<Schemas["InputValues"]>,
  key: string,
): Promise<string> {
  return begin(`/tasks/${encodeURIComponent(taskId)}/execute`, { inputValues }, key);
}

export function sendMessage(
  chatId: string,
  text: string,
  attachments: AttachmentSource[],
  key: string,
): Promise<string> {
  const body = { content: text, ...(attachments.length > 0 && { attachments }) };
  return begin(`/chats/${encodeURIComponent(chatId)}/messages`, body, key);
}
