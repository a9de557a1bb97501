import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "../../generated/api";
import { ProblemError, problemFrom } from "./problem";

export type Schemas = components["schemas"];

/** The document's addresses below `/api`; where that lies for a browser is decided when the page is built. */
type ApiPaths = {
  [Path in keyof paths as Path extends `/api${infer Rest}` ? Rest : never]: paths[Path];
};

export const API_URL = (import.meta.env.VITE_EXPRESS_URL ?? "/api").replace(/\/+$/, "");
const DEADLINE_MS = 20_000;
const LONG_DEADLINE_MS = 60_000;

/** Told to the window when the server no longer knows who is signed in. */
export const SIGNED_OUT = "signed-out";

/** Where 401 is an answer about what was sent, not about the session. */
const ASKS_FOR_A_PASSWORD = ["/session", "/session/password"];

const problems: Middleware = {
  async onResponse({ response, schemaPath }) {
    if (response.status === 401 && !ASKS_FOR_A_PASSWORD.includes(schemaPath)) {
      window.dispatchEvent(new Event(SIGNED_OUT));
    }
    if (!response.ok) throw new ProblemError(await problemFrom(response));
  },
};

function client(deadlineMs: number) {
  const made = createClient<ApiPaths>({
    baseUrl: API_URL,
    fetch: (request) =>
      fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(deadlineMs)]) }),
  });
  made.use(problems);
  return made;
}

/** Asks the service as its OpenAPI document says; whatever it refuses is thrown as a ProblemError. */
export const api = client(DEADLINE_MS);

/** For what the service itself may take long for. */
export const patientApi = client(LONG_DEADLINE_MS);

interface Answer<T> {
  data?: T;
  response: Response;
}

/** What an answer holds. */
export async function content<T>(call: Promise<Answer<T>>): Promise<NonNullable<T>> {
  const { data, response } = await call;
  if (data === undefined || data === null) {
    throw new ProblemError({ title: "The server's answer was empty", status: response.status });
  }
  return data;
}

/** An entry with the name of its state, to be sent along with a change so that nobody's work is overwritten. */
export interface Stated<T> {
  value: T;
  etag?: string;
}

export async function stated<T>(call: Promise<Answer<T>>): Promise<Stated<NonNullable<T>>> {
  const answer = await call;
  const etag = answer.response.headers.get("ETag");
  return { value: await content(Promise.resolve(answer)), ...(etag && { etag }) };
}

/** The header that makes a change conditional on the state it was made for. */
export function onlyIf(etag: string | undefined): { "If-Match"?: string } {
  return etag === undefined ? {} : { "If-Match": etag };
}
