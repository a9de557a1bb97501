import { type QueryFilters, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { SIGNED_OUT } from "../api/client";
import { toProblem } from "../api/problem";
import { sessionQuery, type User } from "../api/session";
import { Button } from "../kit/Button";
import { ProblemNotice } from "../kit/ProblemNotice";
import { ToastRegion } from "../kit/ToastRegion";
import { Layout } from "./Layout";
import { Loading } from "./Loading";
import { SignIn } from "./SignIn";
import { CurrentUser } from "./user";

/** Shows the application to who is signed in, and a way in to all others, at whatever address they came to. */
export function Root() {
  const session = useQuery(sessionQuery);
  const client = useQueryClient();
  // Whose pages are open. They stay, out of sight, when the session ends: what was typed there is not lost.
  const lastUser = useRef<User>(undefined);

  useEffect(() => {
    const forget = () => client.setQueryData(sessionQuery.queryKey, null);
    window.addEventListener(SIGNED_OUT, forget);
    return () => window.removeEventListener(SIGNED_OUT, forget);
  }, [client]);

  function enter(user: User) {
    const theirs: QueryFilters = { predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] };
    // What another one was shown is not for this one's eyes.
    if (user.id === lastUser.current?.id) void client.invalidateQueries(theirs);
    else client.removeQueries(theirs);
    client.setQueryData(sessionQuery.queryKey, user);
  }

  if (session.data) lastUser.current = session.data;
  const signedOut = session.data === null;
  const user = session.data ?? lastUser.current;

  const cameFromSignIn = useRef(false);
  useEffect(() => {
    // The form that had the focus is gone.
    if (cameFromSignIn.current && !signedOut) document.getElementById("main")?.focus();
    cameFromSignIn.current = signedOut;
  }, [signedOut]);

  if (session.isError && session.data === undefined) {
    return (
      <main className="door">
        <ProblemNotice problem={toProblem(session.error)}>
          <Button onPress={() => void session.refetch()} busy={session.isFetching}>
            Try again
          </Button>
        </ProblemNotice>
      </main>
    );
  }
  if (session.data === undefined) return <Loading />;
  return (
    <>
      {signedOut && <SignIn onSignedIn={enter} again={user !== undefined} />}
      {user && (
        <div className="application" hidden={signedOut}>
          <CurrentUser key={user.id} value={user}>
            <Layout />
          </CurrentUser>
        </div>
      )}
      <ToastRegion />
    </>
  );
}
