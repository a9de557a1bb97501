import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { agentQuery } from "../../api/agents";
import { toProblem } from "../../api/problem";
import { PageHeader } from "../../app/PageHeader";
import { Skeleton } from "../../kit/Loading";
import { ProblemNotice } from "../../kit/ProblemNotice";
import { useRun } from "../../run/useRun";
import { hasEnded } from "../../run/view";
import { Composer } from "../../ui/Composer";
import { RunPanel } from "../../ui/RunPanel";

export function Component() {
  const { id = "" } = useParams();
  const agent = useQuery(agentQuery(id));
  const run = useRun();
  if (agent.isError) return <ProblemNotice problem={toProblem(agent.error)} />;
  if (agent.isPending) return <Skeleton label="Loading the agent…" />;

  const { name, model, description, enabled } = agent.data.value;
  const busy = run.run !== undefined && !hasEnded(run.view) && run.connection !== "lost" && !run.problem;
  const off = enabled ? undefined : "This agent is switched off. Enable it to run it.";
  const blocked = off ?? (busy ? "One run at a time here: stop this one or let it finish." : undefined);
  return (
    <>
      <PageHeader title={name} aside={model && <p className="tag">{model}</p>}>
        {description && <p>{description}</p>}
      </PageHeader>
      <Composer
        agentName={name}
        starting={run.starting}
        onRun={(input) => run.start(id, input)}
        {...(blocked && { blocked })}
      />
      {run.problem && <ProblemNotice problem={run.problem} />}
      {run.run && (
        <RunPanel
          key={run.run.id}
          run={run.run}
          view={run.view}
          connection={run.connection}
          stopping={run.stopping}
          onStop={run.stop}
          onResume={run.resume}
        />
      )}
    </>
  );
}
