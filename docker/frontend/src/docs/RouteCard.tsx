import { type ApiDocument, type Body, examplesOf, nameOf, type Route, resolve, told } from "./document";
import { SchemaTable } from "./SchemaTable";

function text(example: unknown): string {
  return typeof example === "string" ? example : JSON.stringify(example, null, 2);
}

function Content({ document, body }: { document: ApiDocument; body: Body }) {
  return (
    <>
      {Object.entries(body.content ?? {}).map(([type, media]) => (
        <div key={type}>
          <p className="doc-kind">
            {type}
            {media.schema && nameOf(media.schema) && `: ${nameOf(media.schema)}`}
          </p>
          {media.schema && <SchemaTable document={document} schema={media.schema} />}
          {examplesOf(media).map(([name, example]) => (
            <figure key={name}>
              <figcaption>{name}</figcaption>
              <pre>{text(example)}</pre>
            </figure>
          ))}
        </div>
      ))}
    </>
  );
}

export function RouteCard({ document, route }: { document: ApiDocument; route: Route }) {
  const { method, path, operation, parameters } = route;
  const body = operation.requestBody && resolve(document, operation.requestBody);
  return (
    <details className="doc-route" id={operation.operationId}>
      <summary>
        <code className={`doc-method doc-${method}`}>{method.toUpperCase()}</code>
        <code>{path}</code>
        <span>{operation.summary}</span>
      </summary>
      {operation.description && <p>{operation.description}</p>}
      {operation.security?.length === 0 && <p>Open to all: nobody needs to be signed in.</p>}
      {parameters.length > 0 && (
        <section>
          <h4>Parameters</h4>
          <dl className="doc-members">
            {parameters.map((parameter) => (
              <div key={`${parameter.in} ${parameter.name}`}>
                <dt>
                  <code>{parameter.name}</code> <span className="doc-kind">{parameter.in}</span>
                  {parameter.required && <span className="doc-required"> required</span>}
                </dt>
                <dd>
                  {parameter.schema && <span className="doc-kind">{told(document, parameter.schema)}</span>}
                  {parameter.description && <p>{parameter.description}</p>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {body && (
        <section>
          <h4>Body</h4>
          <Content document={document} body={body} />
        </section>
      )}
      <section>
        <h4>Answers</h4>
        {Object.entries(operation.responses).map(([status, response]) => {
          const answer = resolve(document, response);
          return (
            <details key={status} className="doc-answer">
              <summary>
                <code>{status}</code> {answer.description}
              </summary>
              <Content document={document} body={answer} />
            </details>
          );
        })}
      </section>
    </details>
  );
}
