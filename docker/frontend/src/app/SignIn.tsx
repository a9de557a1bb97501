import { type FormEvent, useEffect, useState } from "react";
import { type Problem, toProblem } from "../api/problem";
import { signIn, type User } from "../api/session";
import { Button } from "../kit/Button";
import { ProblemNotice } from "../kit/ProblemNotice";
import { TextField } from "../kit/TextField";
import { titled } from "./title";

interface Props {
  onSignedIn(user: User): void;
  /** The session ended while pages were open. */
  again: boolean;
}

export function SignIn({ onSignedIn, again }: Props) {
  const [identifier, setIdentifier] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const before = document.title;
    document.title = titled("Sign in");
    return () => {
      document.title = before;
    };
  }, []);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    signIn(identifier, password).then(onSignedIn, (error: unknown) => {
      setProblem(toProblem(error));
      setBusy(false);
    });
  }

  return (
    <main className="door">
      <h1>Claude Agent UI</h1>
      {again && <p className="notice">Your session has ended. Sign in again and go on where you were.</p>}
      <form onSubmit={submit}>
        <TextField
          label="E-mail address or user name"
          name="identifier"
          autoComplete="username"
          value={identifier}
          onChange={setIdentifier}
          maxLength={320}
          autoFocus
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          maxLength={1000}
        />
        <Button
          type="submit"
          tone="primary"
          busy={busy}
          disabled={identifier.trim() === "" || password === ""}
        >
          {busy ? "Signing in…" : "Sign in"}
        </Button>
      </form>
      {problem && <ProblemNotice problem={problem} />}
      <p className="hint">
        The first administrator's password is APP_ADMIN_PASSWORD in the server's .env; more users are added in
        Strapi's admin page.
      </p>
    </main>
  );
}
