import { type ApiDocument, type Schema, told, whole } from "./document";

const DEEPEST = 3;

/** An object's members, those of objects within it below them. */
export function SchemaTable({
  document,
  schema,
  depth = 0,
}: {
  document: ApiDocument;
  schema: Schema;
  depth?: number;
}) {
  const resolved = whole(document, schema);
  const members = resolved.type === "array" && resolved.items ? whole(document, resolved.items) : resolved;
  if (members.oneOf) {
    return (
      <ul className="doc-choices">
        {members.oneOf.map((choice) => (
          <li key={JSON.stringify(choice)}>
            <strong>{told(document, choice)}</strong>
            {depth < DEEPEST && <SchemaTable document={document} schema={choice} depth={depth + 1} />}
          </li>
        ))}
      </ul>
    );
  }
  const properties = Object.entries(members.properties ?? {});
  if (properties.length === 0) return null;
  return (
    <dl className="doc-members">
      {properties.map(([name, property]) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
            {members.required?.includes(name) && <span className="doc-required"> required</span>}
          </dt>
          <dd>
            <span className="doc-kind">{told(document, property)}</span>
            {whole(document, property).description && <p>{whole(document, property).description}</p>}
            {depth < DEEPEST && <SchemaTable document={document} schema={property} depth={depth + 1} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}
