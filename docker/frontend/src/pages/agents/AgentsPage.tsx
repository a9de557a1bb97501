import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { AGENTS, type Agent, agentsQuery, changeAgent, createAgent, deleteAgent } from "../../api/agents";
import { toProblem } from "../../api/problem";
import { PageHeader } from "../../app/PageHeader";
import { AttemptKeys } from "../../form/attemptKey";
import { Button, ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { ActionMenu } from "../../kit/Menu";
import { ProblemNotice } from "../../kit/ProblemNotice";
import type { Option } from "../../kit/Select";
import { toasts } from "../../kit/toasts";
import { deletions } from "../../lists/deletions";
import { EntryList } from "../../lists/EntryList";
import { Filter, ListTools } from "../../lists/ListTools";
import { useListState } from "../../lists/listState";

const SORTS: Option[] = [
  { id: "name:asc", label: "By name" },
  { id: "updatedAt:desc", label: "Last changed first" },
  { id: "createdAt:desc", label: "Newest first" },
  { id: "model:asc", label: "By model" },
];
const LIST = { sorts: SORTS.map(({ id }) => id), filters: { enabled: ["true", "false"] } };

export function Component() {
  const list = useListState(LIST);
  const { page, sort, search, filters } = list;
  const agents = useQuery(
    agentsQuery({
      page,
      sort,
      ...(search && { search }),
      ...(filters.enabled && { enabled: filters.enabled === "true" }),
    }),
  );
  return (
    <>
      <PageHeader
        title="Agents"
        actions={
          <ButtonLink to="/agents/new" tone="primary">
            New agent
          </ButtonLink>
        }
      />
      <ListTools noun="agents" list={list} sorts={SORTS}>
        <Filter
          label="Which agents"
          options={[
            { id: "all", label: "On and off" },
            { id: "true", label: "Switched on" },
            { id: "false", label: "Switched off" },
          ]}
          value={filters.enabled}
          onChange={(enabled) => list.change({ enabled })}
        />
      </ListTools>
      <EntryList
        noun="agents"
        query={agents}
        narrowed={list.narrowed}
        onClear={list.clear}
        empty={<NoAgents />}
        row={(agent) => <AgentRow agent={agent} />}
      />
    </>
  );
}

function AgentRow({ agent }: { agent: Agent }) {
  const { id, name, description, model, enabled } = agent;
  return (
    <>
      <div className="row-main">
        <p className="row-title">
          <Link to={`/agents/${id}`}>{name}</Link>
          {model && <span className="tag">{model}</span>}
          {!enabled && <span className="tag tag-warn">off</span>}
        </p>
        {description && <p className="row-text">{description}</p>}
      </div>
      <div className="row-actions">
        {enabled && <ButtonLink to={`/agents/${id}/run`}>Run</ButtonLink>}
        <AgentMenu agent={agent} />
      </div>
    </>
  );
}

function AgentMenu({ agent }: { agent: Agent }) {
  const { id, name, enabled } = agent;
  const client = useQueryClient();
  const navigate = useNavigate();
  const refresh = () => void client.invalidateQueries({ queryKey: AGENTS });
  const turn = useMutation({
    mutationFn: (on: boolean) => changeAgent(id, { enabled: on }),
    onSuccess: (_, on) => toasts.show(`“${name}” is switched ${on ? "on" : "off"}`),
    onError: (error) =>
      toasts.show(`“${name}” was not changed. ${toProblem(error).detail ?? ""}`, { tone: "problem" }),
    onSettled: refresh,
  });
  return (
    <ActionMenu
      label={`More for ${name}`}
      actions={[
        { id: "edit", label: "Edit", onAction: () => void navigate(`/agents/${id}`) },
        { id: "duplicate", label: "Duplicate", onAction: () => void navigate(`/agents/new?from=${id}`) },
        { id: "turn", label: enabled ? "Switch off" : "Switch on", onAction: () => turn.mutate(!enabled) },
        {
          id: "delete",
          label: "Delete",
          danger: true,
          onAction: () =>
            deletions.request({ id, name, run: (leaving) => deleteAgent(id, leaving), settled: refresh }),
        },
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
