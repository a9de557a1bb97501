import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Stated } from "../api/client";
import { type Problem, ProblemError, toProblem } from "../api/problem";
import { toasts } from "../kit/toasts";
import { AttemptKeys } from "./attemptKey";
import type { Conflict } from "./ConflictDialog";
import { changedMembers } from "./parse";
import { byField, type FieldErrors, type Form, useForm } from "./useForm";

/** What a form's values come to: what is sent, or what has to be corrected first. */
export type Reading<Members> = { members: Members } | { errors: FieldErrors };

/** How entries of one kind are edited. */
export interface EntryKind<
  Entry extends { id: string; name: string },
  Values extends object,
  Members extends object,
> {
  noun: string;
  /** The prefix of what is remembered of them. */
  remembered: readonly string[];
  /** Names of the members that the form has fields for, and what those are called. */
  labels: Readonly<Record<string, string>>;
  values(entry: Entry): Values;
  read(values: Values): Reading<Members>;
  find(client: QueryClient, id: string): Promise<Stated<Entry>>;
  create(members: Members, key: string): Promise<Stated<Entry>>;
  change(id: string, changes: Partial<Record<keyof Members, unknown>>, etag?: string): Promise<Stated<Entry>>;
}

export interface Editor<Entry, Values> {
  form: Form<Values>;
  busy: boolean;
  problem: Problem | undefined;
  conflict: Conflict | undefined;
  save(): Promise<Entry | undefined>;
  keepMine(): Promise<Entry | undefined>;
  takeTheirs(): void;
  decideLater(): void;
}

interface Clash<Entry> extends Conflict {
  latest: Stated<Entry>;
}

/** What the server answers where the state that a change was made for is gone. */
const PRECONDITION_FAILED = 412;
const UNAUTHORIZED = 401;

/** Read once the reader has signed in again, since the sign-in stands in front of the form until then. */
const SESSION_ENDED: Problem = {
  title: "Not saved yet",
  detail: "Your session had ended before this could be saved. Save it once more.",
};

/**
 * Edits an entry, or makes one where there is none yet. A change names only what was changed here, for the state that was
 * read; where somebody else came first, the reader decides.
 */
export function useEditor<
  Entry extends { id: string; name: string },
  Values extends object,
  Members extends object,
>(
  kind: EntryKind<Entry, Values, Members>,
  entry: Stated<Entry> | undefined,
  fresh: Values,
): Editor<Entry, Values> {
  const client = useQueryClient();
  const form = useForm<Values>(entry ? kind.values(entry.value) : fresh);
  const [base, setBase] = useState(entry);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [clash, setClash] = useState<Clash<Entry>>();
  const keys = useRef(new AttemptKeys());

  // Where nothing is typed here, the form shows what others make of the entry.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was read anew begins the form anew
  useEffect(() => {
    if (entry === undefined || entry.etag === base?.etag || form.dirty || busy) return;
    setBase(entry);
    form.reset(kind.values(entry.value));
  }, [entry]);

  function membersOf(values: Values): Members | undefined {
    const reading = kind.read(values);
    return "members" in reading ? reading.members : undefined;
  }

  function changesSince(before: Entry, members: Members): Partial<Record<keyof Members, unknown>> {
    const known = membersOf(kind.values(before));
    return known === undefined ? members : changedMembers(known, members);
  }

  function settle(saved: Stated<Entry>, message: string): Entry {
    setBase(saved);
    setClash(undefined);
    form.reset(kind.values(saved.value));
    client.setQueryData([...kind.remembered, "one", saved.value.id], saved);
    void client.invalidateQueries({ queryKey: [...kind.remembered, "list"] });
    toasts.show(message);
    return saved.value;
  }

  async function compare(before: Entry, members: Members): Promise<void> {
    const latest = await kind.find(client, before.id);
    const known = membersOf(kind.values(before));
    const theirs = membersOf(kind.values(latest.value));
    const label = (name: string) => kind.labels[name] ?? name;
    const changedThere = known && theirs ? Object.keys(changedMembers(known, theirs)) : [];
    const changedHere = Object.keys(changesSince(before, members));
    setClash({
      latest,
      theirs: changedThere.map(label),
      both: changedThere.filter((name) => changedHere.includes(name)).map(label),
    });
  }

  async function send(target: Stated<Entry> | undefined, members: Members): Promise<Entry | undefined> {
    if (busy) return undefined;
    setBusy(true);
    setProblem(undefined);
    try {
      if (target === undefined || base === undefined) {
        return settle(await kind.create(members, keys.current.for(members)), `The ${kind.noun} is created`);
      }
      const changes = changesSince(base.value, members);
      return settle(await kind.change(target.value.id, changes, target.etag), "Saved");
    } catch (error) {
      await refuse(error, members);
      return undefined;
    } finally {
      setBusy(false);
    }
  }

  async function refuse(error: unknown, members: Members): Promise<void> {
    try {
      if (error instanceof ProblemError && error.problem.status === PRECONDITION_FAILED && base) {
        await compare(base.value, members);
        return;
      }
    } catch (failure) {
      setProblem(toProblem(failure));
      return;
    }
    setClash(undefined);
    if (error instanceof ProblemError && error.problem.status === UNAUTHORIZED) {
      setProblem(SESSION_ENDED);
      return;
    }
    const { errors, rest } = byField(toProblem(error), Object.keys(kind.labels));
    form.refuse(errors);
    setProblem(rest);
  }

  function readAndSend(target: Stated<Entry> | undefined): Promise<Entry | undefined> {
    const reading = kind.read(form.values);
    if ("members" in reading) return send(target, reading.members);
    form.refuse(reading.errors);
    setProblem({ title: "Some fields are wrong", detail: "Correct what is marked, then save again." });
    return Promise.resolve(undefined);
  }

  return {
    form,
    busy,
    problem,
    conflict: clash,
    save: () => readAndSend(base),
    keepMine: () => readAndSend(clash?.latest),
    takeTheirs: () => {
      if (clash) settle(clash.latest, "Your changes were dropped");
    },
    decideLater: () => setClash(undefined),
  };
}
