import { useEffect, useState } from "react";
import { type Problem, ProblemError, problemFrom, toProblem } from "../api/problem";
import { ProblemNotice } from "../kit/ProblemNotice";
import { type ApiDocument, routesByTag } from "./document";
import { RouteCard } from "./RouteCard";

const DEADLINE_MS = 20_000;

async function readDocument(signal: AbortSignal): Promise<ApiDocument> {
  const response = await fetch("/openapi?format=JSON", {
    headers: { Accept: "application/json" },
    signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
  });
  if (!response.ok) throw new ProblemError(await problemFrom(response));
  return (await response.json()) as ApiDocument;
}

/** What programs can ask of the service, as its own description tells. */
export function ApiPage() {
  const [document, setDocument] = useState<ApiDocument>();
  const [problem, setProblem] = useState<Problem>();

  useEffect(() => {
    const leaving = new AbortController();
    readDocument(leaving.signal).then(setDocument, (error: unknown) => {
      if (!leaving.signal.aborted) setProblem(toProblem(error));
    });
    return () => leaving.abort();
  }, []);

  if (problem) {
    return (
      <main className="doc">
        <ProblemNotice problem={problem} />
      </main>
    );
  }
  if (!document) return null;
  const groups = [...routesByTag(document)];
  return (
    <main className="doc">
      <h1>{document.info.title}: API</h1>
      <p className="lede">{document.info.description}</p>
      <p>
        Send an API token as <code>Authorization: Bearer cau_…</code>; <code>./stack token NAME</code> makes
        one. The document itself, for generators of clients: <a href="/openapi">YAML</a>,{" "}
        <a href="/openapi?format=JSON">JSON</a>.
      </p>
      <nav aria-label="Topics">
        <ul className="doc-topics">
          {groups.map(([tag]) => (
            <li key={tag}>
              <a href={`#${tag}`}>{tag}</a>
            </li>
          ))}
        </ul>
      </nav>
      {groups.map(([tag, routes]) => (
        <section key={tag} id={tag} aria-labelledby={`${tag}-title`}>
          <h2 id={`${tag}-title`}>{tag}</h2>
          {routes.map((route) => (
            <RouteCard key={`${route.method} ${route.path}`} document={document} route={route} />
          ))}
        </section>
      ))}
    </main>
  );
}
