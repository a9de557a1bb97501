import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useLocation, useNavigate, useParams } from "react-router";
import { agentQuery } from "../../api/agents";
import { runAgent } from "../../api/beginRun";
import { type Problem, toProblem } from "../../api/problem";
import { PageHeader } from "../../app/PageHeader";
import { type Attached, sourcesOf } from "../../compose/attachments";
import { Composer } from "../../compose/Composer";
import { AttemptKeys } from "../../form/attemptKey";
import { ButtonLink } from "../../kit/Button";
import { Skeleton } from "../../kit/Loading";
import { ProblemNotice } from "../../kit/ProblemNotice";

/** What an earlier run was asked, where this one is to be like it. */
function inputOf(state: unknown): string {
  const input = typeof state === "object" && state !== null && "input" in state ? state.input : undefined;
  return typeof input === "string" ? input : "";
}

/** Where an agent is given its work. */
export function Component() {
  const { id = "" } = useParams();
  const agent = useQuery(agentQuery(id));
  if (agent.isPending) return <Skeleton label="Loading the agent…" />;
  if (agent.isError) {
    return (
      <>
        <PageHeader title="This agent can't be shown" />
        <ProblemNotice problem={toProblem(agent.error)} />
      </>
    );
  }
  const { name, model, description, enabled } = agent.data.value;
  return (
    <>
      <PageHeader
        title={name}
        aside={model && <p className="tag">{model}</p>}
        actions={
          <>
            <ButtonLink to={`/chats/new?agent=${id}`}>Chat</ButtonLink>
            <ButtonLink to={`/runs?agent=${id}`}>Its runs</ButtonLink>
          </>
        }
      >
        {description && <p>{description}</p>}
      </PageHeader>
      <RunComposer agentId={id} agentName={name} enabled={enabled} />
    </>
  );
}

function RunComposer(props: { agentId: string; agentName: string; enabled: boolean }) {
  const { agentId, agentName, enabled } = props;
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const keys = useRef(new AttemptKeys());
  const navigate = useNavigate();
  const asked = inputOf(useLocation().state);

  async function run(input: string, files: readonly Attached[]): Promise<boolean> {
    const attachments = sourcesOf(files);
    setStarting(true);
    setProblem(undefined);
    try {
      const key = keys.current.for({ input, attachments });
      const runId = await runAgent(agentId, input, attachments, key);
      await navigate(`/runs/${runId}`);
      return true;
    } catch (error) {
      setProblem(toProblem(error));
      return false;
    } finally {
      setStarting(false);
    }
  }

  return (
    <div className="measure">
      <Composer
        label={`Input for ${agentName}`}
        placeholder={`Ask ${agentName}…`}
        action="Run"
        atWork="Starting…"
        busy={starting}
        autoFocus
        initialText={asked}
        onSend={run}
        blocked={enabled ? undefined : "This agent is switched off. Switch it on to run it."}
      />
      {problem && <ProblemNotice problem={problem} />}
    </div>
  );
}
