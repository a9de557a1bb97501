import { useQuery } from "@tanstack/react-query";
import { type RunListQuery, runsQuery } from "../../api/runs";
import { ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { ListPage } from "../../lists/ListPage";
import { type ListKind, useListState } from "../../lists/listState";
import { AgentFilter } from "../agents/AgentFilter";
import { RunRow } from "./RunRow";

type States = NonNullable<RunListQuery["state"]>;

const STATES: readonly { id: string; label: string; states: States }[] = [
  { id: "live", label: "Live", states: ["queued", "running"] },
  { id: "finished", label: "Finished", states: ["completed", "failed", "cancelled"] },
  { id: "completed", label: "Completed", states: ["completed"] },
  { id: "failed", label: "Failed", states: ["failed"] },
  { id: "cancelled", label: "Stopped", states: ["cancelled"] },
];

const LIST: ListKind<"state"> = {
  noun: "runs",
  searchable: false,
  sorts: [
    { id: "createdAt:desc", label: "Newest first" },
    { id: "createdAt:asc", label: "Oldest first" },
  ],
  filters: [{ name: "state", label: "State", options: [{ id: "all", label: "In any state" }, ...STATES] }],
  ofAgents: true,
};

/** All runs that the reader may see; what goes on is shown as it goes on. */
export function Component() {
  const list = useListState(LIST);
  const { agent, filters } = list;
  const state = STATES.find(({ id }) => id === filters.state)?.states;
  const runs = useQuery(
    runsQuery({ ...list.asked, ...(agent && { agentId: agent }), ...(state && { state }) }),
  );
  return (
    <ListPage
      title="Runs"
      actions={
        <ButtonLink to="/agents" tone="primary">
          Run an agent
        </ButtonLink>
      }
      list={list}
      query={runs}
      filters={<AgentFilter list={list} />}
      empty={<NoRuns />}
      row={(run) => <RunRow run={run} />}
    />
  );
}

function NoRuns() {
  return (
    <EmptyState
      title="No runs yet"
      action={
        <ButtonLink to="/agents" tone="primary">
          Choose an agent
        </ButtonLink>
      }
    >
      <p>Each time an agent works is a run. Its answer, its tools, its tokens and cost are kept here.</p>
    </EmptyState>
  );
}
