/** The part of OpenAPI 3.0 that the service's document uses. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  description?: string;
  enum?: unknown[];
  pattern?: string;
  default?: unknown;
  nullable?: boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
}

export interface Example {
  summary?: string;
  value?: unknown;
}

export interface MediaType {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, Example>;
}

export interface Reference {
  $ref?: string;
}

export interface Parameter extends Reference {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}

export interface Body extends Reference {
  description?: string;
  content?: Record<string, MediaType>;
}

export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: Body;
  responses: Record<string, Body>;
  security?: unknown[];
}

export interface ApiDocument {
  info: { title: string; description?: string };
  paths: Record<string, Record<string, Operation | Parameter[]>>;
  components?: Record<string, Record<string, unknown>>;
}

export interface Route {
  method: string;
  path: string;
  operation: Operation;
  parameters: Parameter[];
}

const METHODS = ["get", "post", "put", "patch", "delete"];
const MOST_REFERENCES = 10;

/** What a reference leads to, however many it takes; one that leads nowhere stays what it is. */
export function resolve<T extends Reference>(document: ApiDocument, found: T): T {
  let at = found;
  for (let steps = 0; at.$ref !== undefined && steps < MOST_REFERENCES; steps += 1) {
    const [, , kind = "", name = ""] = at.$ref.split("/");
    const target = document.components?.[kind]?.[name];
    if (target === undefined) return at;
    at = target as T;
  }
  return at;
}

/** The last part of a reference, by which people know a schema. */
export function nameOf(schema: Schema): string | undefined {
  return schema.$ref?.split("/").at(-1);
}

/** A schema with the members of all that it is put together of. */
export function whole(document: ApiDocument, schema: Schema): Schema {
  const { allOf, ...own } = resolve(document, schema);
  if (allOf === undefined) return own;
  const parts = [own, ...allOf.map((part) => whole(document, part))];
  const properties = Object.assign({}, ...parts.map((part) => part.properties)) as Record<string, Schema>;
  return Object.assign({}, ...parts, {
    properties,
    required: parts.flatMap((part) => part.required ?? []),
  }) as Schema;
}

/** All that can be asked, by what it is about, in the document's order. */
export function routesByTag(document: ApiDocument): Map<string, Route[]> {
  const byTag = new Map<string, Route[]>();
  for (const [path, item] of Object.entries(document.paths)) {
    const shared = (item["parameters"] ?? []) as Parameter[];
    for (const method of METHODS.filter((candidate) => candidate in item)) {
      const operation = item[method] as Operation;
      const parameters = [...shared, ...(operation.parameters ?? [])].map((it) => resolve(document, it));
      const tag = operation.tags?.[0] ?? "more";
      byTag.set(tag, [...(byTag.get(tag) ?? []), { method, path, operation, parameters }]);
    }
  }
  return byTag;
}

/** A schema's kind and bounds, in a few words. */
export function told(document: ApiDocument, schema: Schema): string {
  const resolved = whole(document, schema);
  const words = [kind(document, schema, resolved)];
  if (resolved.enum) words.push(resolved.enum.map(String).join(" | "));
  if (resolved.format) words.push(resolved.format);
  words.push(...bounds(resolved));
  if (resolved.default !== undefined) words.push(`default ${JSON.stringify(resolved.default)}`);
  if (resolved.nullable) words.push("or null");
  return words.join(", ");
}

function kind(document: ApiDocument, schema: Schema, resolved: Schema): string {
  if (resolved.type === "array" && resolved.items)
    return `list of ${kind(document, resolved.items, whole(document, resolved.items))}`;
  return nameOf(schema) ?? resolved.type ?? (resolved.oneOf ? "one of several" : "anything");
}

function bounds(schema: Schema): string[] {
  const range = (least: number | undefined, most: number | undefined, what: string) => {
    if (least !== undefined && most !== undefined) return [`${least} to ${most}${what}`];
    if (most !== undefined) return [`at most ${most}${what}`];
    return least !== undefined ? [`at least ${least}${what}`] : [];
  };
  return [
    ...range(schema.minimum, schema.maximum, ""),
    ...range(schema.minLength, schema.maxLength, " characters"),
    ...range(undefined, schema.maxItems, " entries"),
  ];
}

/** A media type's examples, the single one included. */
export function examplesOf(media: MediaType): [string, unknown][] {
  const single: [string, unknown][] = media.example === undefined ? [] : [["example", media.example]];
  return [
    ...single,
    ...Object.entries(media.examples ?? {}).map(([name, { value }]): [string, unknown] => [name, value]),
  ];
}
