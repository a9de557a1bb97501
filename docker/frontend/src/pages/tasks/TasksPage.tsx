import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { deleteTask, TASKS, type Task, type TaskListQuery, tasksQuery } from "../../api/tasks";
import { PageHeader } from "../../app/PageHeader";
import { ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { ActionMenu } from "../../kit/Menu";
import type { Option } from "../../kit/Select";
import { AgentFilter, useAgentInAddress } from "../../lists/AgentFilter";
import { deletions } from "../../lists/deletions";
import { EntryList } from "../../lists/EntryList";
import { Filter, ListTools } from "../../lists/ListTools";
import { useListState } from "../../lists/listState";
import { nameOf, useAgents } from "../chats/agentNames";
import { StateTag } from "../runs/RunRow";

const SORTS: Option[] = [
  { id: "name:asc", label: "By name" },
  { id: "updatedAt:desc", label: "Latest first" },
  { id: "createdAt:desc", label: "Newest first" },
];

type State = NonNullable<TaskListQuery["state"]>;

const STATES: readonly { id: State; label: string }[] = [
  { id: "idle", label: "Not run yet" },
  { id: "running", label: "Running" },
  { id: "completed", label: "Completed" },
  { id: "failed", label: "Failed" },
  { id: "cancelled", label: "Stopped" },
];
const LIST = { sorts: SORTS.map(({ id }) => id), filters: { state: STATES.map(({ id }) => id) } };

export function Component() {
  const list = useListState(LIST);
  const agent = useAgentInAddress();
  const { agents } = useAgents();
  const { page, sort, search, filters } = list;
  const state = STATES.find(({ id }) => id === filters.state)?.id;
  const tasks = useQuery(
    tasksQuery({
      page,
      sort,
      ...(search && { search }),
      ...(agent && { agent }),
      ...(state && { state }),
    }),
  );
  return (
    <>
      <PageHeader
        title="Tasks"
        actions={
          <ButtonLink to="/tasks/new" tone="primary">
            New task
          </ButtonLink>
        }
      />
      <ListTools noun="tasks" list={list} sorts={SORTS}>
        <Filter
          label="State"
          options={[{ id: "all", label: "In any state" }, ...STATES]}
          value={filters.state}
          onChange={(value) => list.change({ state: value })}
        />
        <AgentFilter value={agent} onChange={(id) => list.change({ agent: id })} />
      </ListTools>
      <EntryList
        noun="tasks"
        query={tasks}
        narrowed={list.narrowed || agent !== undefined}
        onClear={list.clear}
        empty={<NoTasks />}
        row={(task) => <TaskRow task={task} agentName={nameOf(agents, task.agent)} />}
      />
    </>
  );
}

function TaskRow({ task, agentName }: { task: Task; agentName: string }) {
  const { id, name, description, prompt, state, lastRunId } = task;
  const client = useQueryClient();
  const navigate = useNavigate();
  return (
    <>
      <div className="row-main">
        <p className="row-title">
          <Link to={`/tasks/${id}`}>{name}</Link>
          <span className="tag">{agentName}</span>
        </p>
        <p className="row-text">{description ?? prompt}</p>
      </div>
      {state !== "idle" && <StateTag state={state} />}
      <div className="row-actions">
        <ActionMenu
          label={`More for ${name}`}
          actions={[
            ...(lastRunId
              ? [
                  {
                    id: "last",
                    label: "Its latest run",
                    onAction: () => void navigate(`/runs/${lastRunId}`),
                  },
                ]
              : []),
            { id: "edit", label: "Edit", onAction: () => void navigate(`/tasks/${id}/edit`) },
            {
              id: "delete",
              label: "Delete",
              danger: true,
              onAction: () =>
                deletions.request({
                  id,
                  name,
                  run: (leaving) => deleteTask(id, leaving),
                  settled: () => void client.invalidateQueries({ queryKey: TASKS }),
                }),
            },
          ]}
        />
      </div>
    </>
  );
}

function NoTasks() {
  return (
    <EmptyState
      title="No tasks yet"
      action={
        <ButtonLink to="/tasks/new" tone="primary">
          Write a task
        </ButtonLink>
      }
    >
      <p>
        A task is a prompt that is kept, to be run again and again. Put <code>{"{{placeholders}}"}</code>{" "}
        where something changes from time to time.
      </p>
    </EmptyState>
  );
}
