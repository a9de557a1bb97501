import { useQuery } from "@tanstack/react-query";
import { type RunListQuery, runsQuery } from "../../api/runs";
import { PageHeader } from "../../app/PageHeader";
import { ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { type Option, Select } from "../../kit/Select";
import { AgentFilter, useAgentInAddress } from "../../lists/AgentFilter";
import { EntryList } from "../../lists/EntryList";
import { Filter } from "../../lists/ListTools";
import { useListState } from "../../lists/listState";
import { RunRow } from "./RunRow";

const SORTS: Option[] = [
  { id: "createdAt:desc", label: "Newest first" },
  { id: "createdAt:asc", label: "Oldest first" },
];

type States = NonNullable<RunListQuery["state"]>;

const STATES: Record<string, { label: string; states: States }> = {
  live: { label: "Live", states: ["queued", "running"] },
  finished: { label: "Finished", states: ["completed", "failed", "cancelled"] },
  completed: { label: "Completed", states: ["completed"] },
  failed: { label: "Failed", states: ["failed"] },
  cancelled: { label: "Stopped", states: ["cancelled"] },
};
const LIST = { sorts: SORTS.map(({ id }) => id), filters: { state: Object.keys(STATES) } };

/** All runs that the reader may see; what goes on is shown as it goes on. */
export function Component() {
  const list = useListState(LIST);
  const agent = useAgentInAddress();
  const states = list.filters.state === undefined ? undefined : STATES[list.filters.state]?.states;
  const runs = useQuery(
    runsQuery({
      page: list.page,
      sort: list.sort,
      ...(agent && { agentId: agent }),
      ...(states && { state: states }),
    }),
  );
  return (
    <>
      <PageHeader
        title="Runs"
        actions={
          <ButtonLink to="/agents" tone="primary">
            Run an agent
          </ButtonLink>
        }
      />
      <search className="toolbar" aria-label="Find runs">
        <Filter
          label="State"
          options={[
            { id: "all", label: "In any state" },
            ...Object.entries(STATES).map(([id, { label }]) => ({ id, label })),
          ]}
          value={list.filters.state}
          onChange={(state) => list.change({ state })}
        />
        <AgentFilter value={agent} onChange={(id) => list.change({ agent: id })} />
        <Select
          compact
          label="Order"
          options={SORTS}
          value={list.sort}
          onChange={(sort) => list.change({ sort: sort === SORTS[0]?.id ? undefined : sort })}
        />
      </search>
      <EntryList
        noun="runs"
        query={runs}
        narrowed={list.narrowed || agent !== undefined}
        onClear={list.clear}
        empty={<NoRuns />}
        row={(run) => <RunRow run={run} />}
      />
    </>
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
