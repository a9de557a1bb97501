import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { AGENTS, type Agent, agentQuery, deleteAgent } from "../../api/agents";
import type { Stated } from "../../api/client";
import { PageHeader } from "../../app/PageHeader";
import { PageProblem } from "../../app/PageProblem";
import { EntryForm } from "../../form/EntryForm";
import { useEditor } from "../../form/useEditor";
import { ButtonLink } from "../../kit/Button";
import { formatTime } from "../../kit/format";
import { Skeleton } from "../../kit/Loading";
import { ActionMenu } from "../../kit/Menu";
import { useDeleteAction } from "../../lists/useDeleteAction";
import { AgentFields } from "./AgentFields";
import { agentKind, copiedValues, NEW_AGENT } from "./agentForm";

const pathOf = (id: string) => `/agents/${id}`;

/** An agent that there is: all of it, to be looked at and changed. */
export function Component() {
  const { id = "" } = useParams();
  const agent = useQuery(agentQuery(id));
  if (agent.data) return <EditAgent key={id} agent={agent.data} />;
  if (agent.isError)
    return <PageProblem error={agent.error} noun="agent" retry={() => void agent.refetch()} />;
  return <Skeleton label="Loading the agent…" rows={6} />;
}

function EditAgent({ agent }: { agent: Stated<Agent> }) {
  const editor = useEditor(agentKind, agent, NEW_AGENT);
  const { id, name, enabled, updatedAt } = agent.value;
  return (
    <>
      <PageHeader
        title={name}
        aside={!enabled && <span className="tag tag-warn">off</span>}
        actions={
          <>
            {enabled && (
              <ButtonLink to={`/agents/${id}/run`} tone="primary">
                Run
              </ButtonLink>
            )}
            <AgentMenu agent={agent.value} />
          </>
        }
      >
        <p className="hint">Last changed {formatTime(updatedAt)}</p>
      </PageHeader>
      <EntryForm noun="agent" editor={editor} isNew={false} pathOf={pathOf}>
        <AgentFields form={editor.form} />
      </EntryForm>
    </>
  );
}

function AgentMenu({ agent: { id, name } }: { agent: Agent }) {
  const navigate = useNavigate();
  const remove = useDeleteAction({ id, name, delete: deleteAgent, remembered: AGENTS, leaveFor: "/agents" });
  return (
    <ActionMenu
      label={`More for ${name}`}
      actions={[
        { id: "duplicate", label: "Duplicate", onAction: () => void navigate(`/agents/new?from=${id}`) },
        remove,
      ]}
    />
  );
}

/** An agent that is to be: empty, or a copy of another (`?from=`). */
export function NewAgentPage() {
  const from = useSearchParams()[0].get("from");
  const original = useQuery({ ...agentQuery(from ?? ""), enabled: from !== null });
  if (from === null) return <CreateAgent />;
  if (original.data) return <CreateAgent original={original.data.value} />;
  if (original.isError) {
    return <PageProblem error={original.error} noun="agent" retry={() => void original.refetch()} />;
  }
  return <Skeleton label="Loading the agent to copy…" rows={6} />;
}

function CreateAgent({ original }: { original?: Agent }) {
  const editor = useEditor(agentKind, undefined, original ? copiedValues(original) : NEW_AGENT);
  return (
    <>
      <PageHeader title={original ? `Copy of ${original.name}` : "New agent"} />
      <EntryForm noun="agent" editor={editor} isNew pathOf={pathOf}>
        <AgentFields form={editor.form} />
      </EntryForm>
    </>
  );
}
