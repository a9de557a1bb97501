import type { InputValues } from "../../api/tasks";

const PLACEHOLDER = /\{\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}\}/g;

/** The names of a prompt's placeholders, each once, in their order. */
export function placeholdersOf(prompt: string): string[] {
  return [...new Set(Array.from(prompt.matchAll(PLACEHOLDER), ([, name = ""]) => name))];
}

/** What is typed for each placeholder. */
export type TypedInputs = Readonly<Record<string, string>>;

export function typedInputs(values: InputValues | null | undefined): TypedInputs {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, String(value)]));
}

/** What was typed, for those placeholders that have something. A value that is as it was keeps its type. */
export function inputValuesOf(
  placeholders: readonly string[],
  typed: TypedInputs,
  before: InputValues | null | undefined,
): InputValues {
  return Object.fromEntries(
    placeholders.flatMap((name) => {
      const text = Object.hasOwn(typed, name) ? typed[name] : undefined;
      if (text === undefined || text === "") return [];
      const kept = before && Object.hasOwn(before, name) ? before[name] : undefined;
      return [[name, kept !== undefined && String(kept) === text ? kept : text]];
    }),
  );
}

/** Placeholders that nothing is typed for. */
export function missingInputs(placeholders: readonly string[], typed: TypedInputs): string[] {
  return placeholders.filter((name) => !Object.hasOwn(typed, name) || typed[name] === "");
}
