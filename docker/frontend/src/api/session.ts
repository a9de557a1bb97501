import { queryOptions } from "@tanstack/react-query";
import { api, content, type Schemas } from "./client";
import { ProblemError } from "./problem";

export type User = Schemas["Session"]["user"];

/** Who is signed in; `null` where the server asks for a password. */
async function currentUser(signal: AbortSignal): Promise<User | null> {
  try {
    return (await content(api.GET("/session", { signal }))).user;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) return null;
    throw error;
  }
}

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => currentUser(signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export async function signIn(identifier: string, password: string): Promise<User> {
  return (await content(api.POST("/session", { body: { identifier, password } }))).user;
}

export async function signOut(): Promise<void> {
  await api.DELETE("/session");
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await api.PUT("/session/password", { body: { currentPassword, newPassword } });
}
