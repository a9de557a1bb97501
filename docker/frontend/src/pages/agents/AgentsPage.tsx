import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { AGENTS, type Agent, agentsQuery, changeAgent, createAgent, deleteAgent } from "../../api/agents";
import { toProblem } from "../../api/problem";
import { AttemptKeys } from "../../form/attemptKey";
import { Button, ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { ActionMenu } from "../../kit/Menu";
import { ProblemNotice } from "../../kit/ProblemNotice";
import { EntryRow } from "../../lists/EntryRow";
import { ListPage } from "../../lists/ListPage";
import { type ListKind, useListState } from "../../lists/listState";
import { useDeleteAction } from "../../lists/useDeleteAction";
import { useSwitchAction } from "../../lists/useSwitchAction";

const LIST: ListKind<"enabled"> = {
  noun: "agents",
  searchable: true,
  sorts: [
    { id: "name:asc", label: "By name" },
    { id: "updatedAt:desc", label: "Last changed first" },
    { id: "createdAt:desc", label: "Newest first" },
    { id: "model:asc", label: "By model" },
  ],
  filters: [
    {
      name: "enabled",
      label: "Which agents",
      options: [
        { id: "all", label: "On and off" },
        { id: "true", label: "Switched on" },
        { id: "false", label: "Switched off" },
      ],
    },
  ],
  ofAgents: false,
};

export function Component() {
  const list = useListState(LIST);
  const { enabled } = list.filters;
  const agents = useQuery(agentsQuery({ ...list.asked, ...(enabled && { enabled: enabled === "true" }) }));
  return (
    <ListPage
      title="Agents"
      actions={
        <ButtonLink to="/agents/new" tone="primary">
          New agent
        </ButtonLink>
      }
      list={list}
      query={agents}
      empty={<NoAgents />}
      row={(agent) => <AgentRow agent={agent} />}
    />
  );
}

function AgentRow({ agent }: { agent: Agent }) {
  const { id, name, description, model, enabled } = agent;
  return (
    <EntryRow
      to={`/agents/${id}`}
      title={name}
      marks={
        <>
          {model && <span className="tag">{model}</span>}
          {!enabled && <span className="tag tag-warn">off</span>}
        </>
      }
      actions={
        <>
          {enabled && <ButtonLink to={`/agents/${id}/run`}>Run</ButtonLink>}
          <AgentMenu agent={agent} />
        </>
      }
    >
      {description && <p className="row-text">{description}</p>}
    </EntryRow>
  );
}

function AgentMenu({ agent: { id, name, enabled } }: { agent: Agent }) {
  const navigate = useNavigate();
  const turn = useSwitchAction({
    name,
    on: enabled,
    turn: (on) => changeAgent(id, { enabled: on }),
    remembered: AGENTS,
  });
  const remove = useDeleteAction({ id, name, delete: deleteAgent, remembered: AGENTS });
  return (
    <ActionMenu
      label={`More for ${name}`}
      actions={[
        { id: "edit", label: "Edit", onAction: () => void navigate(`/agents/${id}`) },
        { id: "duplicate", label: "Duplicate", onAction: () => void navigate(`/agents/new?from=${id}`) },
        turn,
        remove,
      ]}
    />
  );
}

const starterKeys = new AttemptKeys();
/** What an empty installation is offered, so that its first run is two clicks away. */
const STARTER = {
  name: "Assistant",
  description: "A plain, helpful assistant. A place to start from.",
  systemPrompt: "You are a helpful assistant. Answer plainly and to the point.",
};

function NoAgents() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const starter = useMutation({
    mutationFn: () => createAgent(STARTER, starterKeys.for(STARTER)),
    onSuccess: async ({ value }) => {
      await client.invalidateQueries({ queryKey: AGENTS });
      await navigate(`/agents/${value.id}/run`);
    },
  });
  return (
    <>
      <EmptyState
        title="No agents yet"
        action={
          <>
            <Button tone="primary" busy={starter.isPending} onPress={() => starter.mutate()}>
              Create an assistant
            </Button>
            <ButtonLink to="/agents/new">Describe your own</ButtonLink>
          </>
        }
      >
        <p>
          An agent is a model with instructions of its own. Start with a plain assistant and run it right
          away, or describe what yours is to do.
        </p>
      </EmptyState>
      {starter.isError && <ProblemNotice problem={toProblem(starter.error)} />}
    </>
  );
}
