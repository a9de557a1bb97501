import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { agentsQuery } from "../../api/agents";
import { toProblem } from "../../api/problem";
import { PageHeader } from "../../app/PageHeader";
import { ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { Skeleton } from "../../kit/Loading";
import { ProblemNotice } from "../../kit/ProblemNotice";

export function Component() {
  const agents = useQuery(agentsQuery({ page: 1, sort: "name:asc" }));
  return (
    <>
      <PageHeader title="Agents" />
      {agents.isPending && <Skeleton label="Loading the agents…" />}
      {agents.isError && <ProblemNotice problem={toProblem(agents.error)} />}
      {agents.data?.meta.total === 0 && (
        <EmptyState title="No agents yet">An agent is a model with instructions of its own.</EmptyState>
      )}
      {agents.data && (
        <ul className="rows">
          {agents.data.data.map((agent) => (
            <li key={agent.id} className="row">
              <div className="row-main">
                <p className="row-title">
                  <Link to={`/agents/${agent.id}`}>{agent.name}</Link>
                  {!agent.enabled && <span className="tag">off</span>}
                </p>
                {agent.description && <p className="row-text">{agent.description}</p>}
              </div>
              <div className="row-actions">
                <ButtonLink to={`/agents/${agent.id}/run`}>Run</ButtonLink>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
