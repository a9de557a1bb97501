import { useCallback, useMemo, useState } from "react";
import type { Problem } from "../api/problem";

/** What is wrong, by the name of the field. */
export type FieldErrors = Readonly<Record<string, string>>;

export interface Form<Values> {
  values: Values;
  errors: FieldErrors;
  dirty: boolean;
  set<Name extends keyof Values & string>(name: Name, value: Values[Name]): void;
  /** Refused by this page, or by the server. */
  refuse(errors: FieldErrors): void;
  /** Begins again from other values, which count as unchanged. */
  reset(values: Values): void;
}

/** The field that a server's error is about: `stopSequences[2]` and `headers.Accept` are parts of one. */
export function fieldOf(path: string): string {
  return path.split(/[.[]/, 1)[0] ?? path;
}

/** A problem's errors by field, and those of no field that the form has. */
export function byField(problem: Problem, fields: readonly string[]): { errors: FieldErrors; rest: Problem } {
  const errors: Record<string, string> = {};
  const others: { field: string; detail: string }[] = [];
  for (const { field, detail } of problem.errors ?? []) {
    const name = fieldOf(field);
    if (fields.includes(name)) errors[name] = errors[name] ? `${errors[name]}; ${detail}` : detail;
    else others.push({ field, detail });
  }
  const { errors: _, ...rest } = problem;
  return { errors, rest: others.length > 0 ? { ...rest, errors: others } : rest };
}

/** What the field of that name is given. */
export function bind<Values, Name extends keyof Values & string>(form: Form<Values>, name: Name) {
  return {
    name,
    value: form.values[name],
    error: form.errors[name],
    onChange: (value: Values[Name]) => form.set(name, value),
  };
}

export function useForm<Values extends object>(initial: Values): Form<Values> {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [pristine, setPristine] = useState(initial);
  const dirty = useMemo(() => JSON.stringify(values) !== JSON.stringify(pristine), [values, pristine]);

  const set = useCallback(<Name extends keyof Values & string>(name: Name, value: Values[Name]) => {
    setValues((before) => ({ ...before, [name]: value }));
    setErrors(({ [name]: _, ...others }) => others);
  }, []);

  const reset = useCallback((next: Values) => {
    setValues(next);
    setPristine(next);
    setErrors({});
  }, []);

  return { values, errors, dirty, set, refuse: setErrors, reset };
}
