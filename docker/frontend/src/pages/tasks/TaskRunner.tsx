import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { runTask } from "../../api/beginRun";
import { type Problem, toProblem } from "../../api/problem";
import { RUNS } from "../../api/runs";
import { TASKS, type Task } from "../../api/tasks";
import { AttemptKeys } from "../../form/attemptKey";
import { Button } from "../../kit/Button";
import { ProblemNotice } from "../../kit/ProblemNotice";
import { InputFields } from "./InputFields";
import { inputValuesOf, missingInputs, placeholdersOf, typedInputs } from "./inputs";

const FIELD = /^inputValues\.(.+)$/;

/** What the server said of single inputs, by their names, and of anything else. */
function byInput(problem: Problem): { errors: Record<string, string>; rest: Problem | undefined } {
  const errors: Record<string, string> = {};
  const others = (problem.errors ?? []).filter(({ field, detail }) => {
    const name = FIELD.exec(field)?.[1];
    if (name !== undefined) errors[name] = detail;
    return name === undefined;
  });
  const { errors: told = [], ...rest } = problem;
  if (told.length > 0 && others.length === 0) return { errors, rest: undefined };
  return { errors, rest: others.length > 0 ? { ...rest, errors: others } : rest };
}

/** Runs a task, with what its placeholders are to stand for this time. */
export function TaskRunner({ task }: { task: Task }) {
  const placeholders = placeholdersOf(task.prompt);
  const [typed, setTyped] = useState(() => typedInputs(task.inputValues));
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const keys = useRef(new AttemptKeys());
  const form = useRef<HTMLFormElement>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const missing = asked ? missingInputs(placeholders, typed) : [];
  const refused = problem && byInput(problem);
  const errors = {
    ...Object.fromEntries(missing.map((name) => [name, "has to be filled in"])),
    ...refused?.errors,
  };

  async function run(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    const [first] = missingInputs(placeholders, typed);
    if (first !== undefined) {
      form.current?.querySelectorAll("textarea")[placeholders.indexOf(first)]?.focus();
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const values = inputValuesOf(placeholders, typed, task.inputValues);
      const runId = await runTask(task.id, values, keys.current.for({ task: task.updatedAt, values }));
      void client.invalidateQueries({ queryKey: TASKS });
      void client.invalidateQueries({ queryKey: RUNS });
      await navigate(`/runs/${runId}`);
    } catch (error) {
      setProblem(toProblem(error));
      setBusy(false);
    }
  }

  return (
    <form className="task-runner" ref={form} onSubmit={(event) => void run(event)} noValidate>
      <InputFields placeholders={placeholders} typed={typed} errors={errors} required onChange={setTyped} />
      {refused?.rest && <ProblemNotice problem={refused.rest} />}
      <p>
        <Button type="submit" tone="primary" busy={busy} disabled={task.agent === undefined}>
          {busy ? "Starting…" : "Run the task"}
        </Button>
      </p>
      {task.agent === undefined && (
        <p className="notice">This task's agent was deleted. Edit the task and give it another.</p>
      )}
    </form>
  );
}
