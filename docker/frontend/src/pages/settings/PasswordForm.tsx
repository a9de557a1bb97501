import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useState } from "react";
import { type Problem, toProblem } from "../../api/problem";
import { changePassword } from "../../api/session";
import { byField, type FieldErrors, useForm } from "../../form/useForm";
import { Button } from "../../kit/Button";
import { ProblemNotice } from "../../kit/ProblemNotice";
import { TextField } from "../../kit/TextField";
import { toasts } from "../../kit/toasts";

const EMPTY = { currentPassword: "", newPassword: "", repeated: "" };
const SHORTEST = 10;
const LONGEST_BYTES = 72;

/** What is wrong before the server is asked. */
export function checkPasswords({ currentPassword, newPassword, repeated }: typeof EMPTY): FieldErrors {
  const bytes = new TextEncoder().encode(newPassword).length;
  return {
    ...(currentPassword === "" && { currentPassword: "is needed, so that nobody else changes it" }),
    ...(newPassword.length < SHORTEST && { newPassword: `has to have at least ${SHORTEST} characters` }),
    ...(bytes > LONGEST_BYTES && { newPassword: `may have ${LONGEST_BYTES} bytes; this one has ${bytes}` }),
    ...(newPassword !== repeated && { repeated: "is not the same" }),
  };
}

/** The server's word for a wrong password is the one for nobody being signed in, which is not meant here. */
function refusal(error: unknown): { errors: FieldErrors; problem?: Problem } {
  const problem = toProblem(error);
  if (problem.status === 401) return { errors: { currentPassword: "is not your present password" } };
  const { errors, rest } = byField(problem, Object.keys(EMPTY));
  return { errors, problem: rest };
}

export function PasswordForm() {
  const form = useForm(EMPTY);
  const [problem, setProblem] = useState<Problem>();
  const change = useMutation({
    mutationFn: () => changePassword(form.values.currentPassword, form.values.newPassword),
    onSuccess: () => {
      form.reset(EMPTY);
      setProblem(undefined);
      toasts.show("Your password is changed, and you are signed out everywhere else");
    },
    onError: (error) => {
      const refused = refusal(error);
      form.refuse(refused.errors);
      setProblem(refused.problem);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const errors = checkPasswords(form.values);
    form.refuse(errors);
    if (Object.keys(errors).length === 0 && !change.isPending) change.mutate();
  }

  const bind = (name: keyof typeof EMPTY) => ({
    name,
    type: "password" as const,
    maxLength: 1000,
    value: form.values[name],
    error: form.errors[name],
    onChange: (value: string) => form.set(name, value),
  });
  return (
    <section aria-labelledby="password">
      <h2 id="password">Password</h2>
      <form className="stack" onSubmit={submit} noValidate>
        <TextField label="Present password" autoComplete="current-password" {...bind("currentPassword")} />
        <TextField
          label="New password"
          description="At least 10 characters. A change ends all your other sessions."
          autoComplete="new-password"
          {...bind("newPassword")}
        />
        <TextField label="New password again" autoComplete="new-password" {...bind("repeated")} />
        {problem && <ProblemNotice problem={problem} />}
        <div>
          <Button type="submit" busy={change.isPending} disabled={!form.dirty}>
            Change the password
          </Button>
        </div>
      </form>
    </section>
  );
}
