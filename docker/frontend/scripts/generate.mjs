// Makes the types of the API, generated/api.d.ts, from the service's OpenAPI document: a page that asks for what the service
// doesn't offer doesn't compile.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";

const DOCUMENT = new URL("../../../service/src/main/resources/META-INF/openapi.yaml", import.meta.url);
const TYPES = new URL("../generated/api.d.ts", import.meta.url);

/** `allOf: [A, {required: [a]}]` means the same as `allOf: [A], required: [a]`, but only of the second the generator takes notice. */
function hoistRequired(node) {
  if (typeof node !== "object" || node === null) return;
  for (const child of Object.values(node)) hoistRequired(child);
  if (!Array.isArray(node.allOf)) return;
  const required = node.allOf.flatMap((part) => part.required ?? []);
  if (required.length > 0) node.required = [...new Set([...(node.required ?? []), ...required])];
  node.allOf = node.allOf.filter((part) => part.$ref || part.properties || part.allOf || part.oneOf);
}

const document = parse(readFileSync(DOCUMENT, "utf8"));
hoistRequired(document.components);
hoistRequired(document.paths);
mkdirSync(new URL(".", TYPES), { recursive: true });
writeFileSync(TYPES, astToString(await openapiTS(document, { defaultNonNullable: false })));
