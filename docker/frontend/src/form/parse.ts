/** A number as somebody types it; `undefined` where nothing is typed, an error where it is none or out of bounds. */
export type Parsed = { value: number | undefined } | { error: string };

export interface Bounds {
  min: number;
  max: number;
  decimal?: boolean;
}

const bound = new Intl.NumberFormat("en-US");

export function parseNumber(typed: string, { min, max, decimal = false }: Bounds): Parsed {
  const text = typed.trim().replaceAll(",", decimal ? "," : "");
  if (text === "") return { value: undefined };
  const value = Number(text);
  const fits = Number.isFinite(value) && value >= min && value <= max && (decimal || Number.isInteger(value));
  const kind = decimal ? "a number" : "a whole number";
  return fits ? { value } : { error: `has to be ${kind} from ${bound.format(min)} to ${bound.format(max)}` };
}

export type ParsedObject = { value: Record<string, unknown> } | { error: string };

export function parseObject(typed: string): ParsedObject {
  if (typed.trim() === "") return { value: {} };
  try {
    const value: unknown = JSON.parse(typed);
    if (isObject(value)) return { value };
  } catch {
    // Said below.
  }
  return { error: 'has to be a JSON object, such as {"team": "platform"}' };
}

export type ParsedObjects = { value: Record<string, unknown>[] } | { error: string };

export function parseObjects(typed: string): ParsedObjects {
  if (typed.trim() === "") return { value: [] };
  try {
    const value: unknown = JSON.parse(typed);
    if (Array.isArray(value) && value.every(isObject)) return { value };
  } catch {
    // Said below.
  }
  return { error: 'has to be a JSON list of objects, such as [{"name": "city"}]' };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member, where there is something to say. */
export function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [N in Name]?: Value } {
  return value === undefined || value === "" ? {} : ({ [name]: value } as { [N in Name]: Value });
}

/** The members of `after` that differ from those of `before`; what is no longer there is unset by `null`. */
export function changedMembers<T extends object>(before: T, after: T): Partial<Record<keyof T, unknown>> {
  const changes: Partial<Record<keyof T, unknown>> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof T & string>) {
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) changes[name] = after[name] ?? null;
  }
  return changes;
}
