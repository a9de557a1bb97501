import { createContext, useContext } from "react";
import type { User } from "../api/session";

const Context = createContext<User | undefined>(undefined);

export const CurrentUser = Context.Provider;

/** Who is signed in. */
export function useUser(): User {
  const user = useContext(Context);
  if (user === undefined) throw new Error("useUser belongs below the session's gate");
  return user;
}

export function useIsAdministrator(): boolean {
  return useUser().role === "administrator";
}
