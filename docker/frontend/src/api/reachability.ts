import { API_URL } from "./client";

const STRAPI_URL = (import.meta.env.VITE_STRAPI_URL ?? "/strapi/api").replace(/\/+$/, "");
const DEADLINE_MS = 5000;

export interface Reachability {
  service: boolean;
  strapi: boolean;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS), cache: "no-store" });
    return response.ok || response.status === 401;
  } catch {
    return false;
  }
}

/** Tells which part is away, for the reader who has to do something about it. */
export async function reachability(): Promise<Reachability> {
  const [service, strapi] = await Promise.all([
    answers(`${API_URL}/about`),
    answers(`${STRAPI_URL.replace(/\/api$/, "")}/_health`),
  ]);
  return { service, strapi };
}
