import { useCallback, useEffect, useState } from "react";
import { currentUser, SIGNED_OUT, signOut, type User } from "../api/client";
import { type Problem, toProblem } from "../api/problem";
import { App } from "./App";
import { ProblemNotice } from "./ProblemNotice";
import { SignIn } from "./SignIn";

type Session =
  | { state: "asking" }
  | { state: "away"; problem: Problem }
  | { state: "out" }
  | { state: "in"; user: User };

/** Shows the application to who is signed in, and a way in to all others. */
export function SessionGate() {
  const [session, setSession] = useState<Session>({ state: "asking" });
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again
  useEffect(() => {
    const leaving = new AbortController();
    currentUser(leaving.signal).then(
      (user) => setSession(user ? { state: "in", user } : { state: "out" }),
      (error: unknown) => {
        if (!leaving.signal.aborted) setSession({ state: "away", problem: toProblem(error) });
      },
    );
    return () => leaving.abort();
  }, [tries]);

  useEffect(() => {
    const forget = () => setSession({ state: "out" });
    window.addEventListener(SIGNED_OUT, forget);
    return () => window.removeEventListener(SIGNED_OUT, forget);
  }, []);

  const enter = useCallback((user: User) => setSession({ state: "in", user }), []);
  // Who can't be told that the session is over is still shown out here.
  const leave = useCallback(() => {
    signOut()
      .catch(() => undefined)
      .then(() => setSession({ state: "out" }));
  }, []);

  switch (session.state) {
    case "asking":
      return null;
    case "away":
      return (
        <main className="door">
          <ProblemNotice problem={session.problem}>
            <button type="button" className="button" onClick={() => setTries((before) => before + 1)}>
              Try again
            </button>
          </ProblemNotice>
        </main>
      );
    case "out":
      return <SignIn onSignedIn={enter} />;
    case "in":
      return <App user={session.user} onSignOut={leave} />;
  }
}
