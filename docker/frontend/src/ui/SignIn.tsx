import { type FormEvent, useState } from "react";
import { signIn, type User } from "../api/client";
import { type Problem, toProblem } from "../api/problem";
import { ProblemNotice } from "./ProblemNotice";

export function SignIn({ onSignedIn }: { onSignedIn: (user: User) => void }) {
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    signIn(String(fields.get("identifier")), String(fields.get("password"))).then(
      onSignedIn,
      (error: unknown) => {
        setProblem(toProblem(error));
        setBusy(false);
      },
    );
  }

  return (
    <main className="door">
      <h1>Claude Agent UI</h1>
      <form onSubmit={submit}>
        <label>
          E-mail address or user name
          <input name="identifier" type="text" autoComplete="username" required maxLength={320} />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required maxLength={1000} />
        </label>
        <button type="submit" className="button button-primary" disabled={busy}>
          {busy ? "Signing in…" : "Sign in"}
        </button>
      </form>
      {problem && <ProblemNotice problem={problem} />}
      <p className="hint">
        The first administrator's password is APP_ADMIN_PASSWORD in the server's .env; more users are added in
        Strapi's admin page.
      </p>
    </main>
  );
}
