import type { ReactNode } from "react";
import type { Problem } from "../api/problem";

/** What went wrong and what to do about it, as the service told it. */
export function ProblemNotice({ problem, children }: { problem: Problem; children?: ReactNode }) {
  return (
    <div className="notice notice-problem" role="alert">
      <p className="notice-title">{problem.title}</p>
      {problem.detail && <p>{problem.detail}</p>}
      {problem.errors && (
        <ul>
          {problem.errors.map(({ field, detail }) => (
            <li key={`${field} ${detail}`}>
              <code>{field}</code> {detail}
            </li>
          ))}
        </ul>
      )}
      {children}
      {problem.requestId && (
        <p className="notice-reference">
          Request <code>{problem.requestId}</code>
        </p>
      )}
    </div>
  );
}
