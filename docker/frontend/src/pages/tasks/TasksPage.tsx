import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { deleteTask, TASKS, type Task, type TaskListQuery, tasksQuery } from "../../api/tasks";
import { ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { ActionMenu } from "../../kit/Menu";
import { EntryRow } from "../../lists/EntryRow";
import { ListPage } from "../../lists/ListPage";
import { type ListKind, useListState } from "../../lists/listState";
import { useDeleteAction } from "../../lists/useDeleteAction";
import { AgentFilter } from "../agents/AgentFilter";
import { useAgentName } from "../agents/agentName";
import { StateTag } from "../runs/RunRow";

type State = NonNullable<TaskListQuery["state"]>;

const STATES: readonly { id: State; label: string }[] = [
  { id: "idle", label: "Not run yet" },
  { id: "running", label: "Running" },
  { id: "completed", label: "Completed" },
  { id: "failed", label: "Failed" },
  { id: "cancelled", label: "Stopped" },
];

const LIST: ListKind<"state"> = {
  noun: "tasks",
  searchable: true,
  sorts: [
    { id: "name:asc", label: "By name" },
    { id: "updatedAt:desc", label: "Latest first" },
    { id: "createdAt:desc", label: "Newest first" },
  ],
  filters: [{ name: "state", label: "State", options: [{ id: "all", label: "In any state" }, ...STATES] }],
  ofAgents: true,
};

export function Component() {
  const list = useListState(LIST);
  const { agent, filters } = list;
  const state = STATES.find(({ id }) => id === filters.state)?.id;
  const tasks = useQuery(tasksQuery({ ...list.asked, ...(agent && { agent }), ...(state && { state }) }));
  return (
    <ListPage
      title="Tasks"
      actions={
        <ButtonLink to="/tasks/new" tone="primary">
          New task
        </ButtonLink>
      }
      list={list}
      query={tasks}
      filters={<AgentFilter list={list} />}
      empty={<NoTasks />}
      row={(task) => <TaskRow task={task} />}
    />
  );
}

function TaskRow({ task }: { task: Task }) {
  const { id, name, description, prompt, state } = task;
  const agentName = useAgentName(task.agent);
  return (
    <EntryRow
      to={`/tasks/${id}`}
      title={name}
      marks={<span className="tag">{agentName}</span>}
      state={state !== "idle" && <StateTag state={state} />}
      actions={<TaskMenu task={task} />}
    >
      <p className="row-text">{description ?? prompt}</p>
    </EntryRow>
  );
}

function TaskMenu({ task: { id, name, lastRunId } }: { task: Task }) {
  const navigate = useNavigate();
  const remove = useDeleteAction({ id, name, delete: deleteTask, remembered: TASKS });
  const last = {
    id: "last",
    label: "Its latest run",
    onAction: () => void navigate(`/runs/${lastRunId}`),
  };
  return (
    <ActionMenu
      label={`More for ${name}`}
      actions={[
        ...(lastRunId ? [last] : []),
        { id: "edit", label: "Edit", onAction: () => void navigate(`/tasks/${id}/edit`) },
        remove,
      ]}
    />
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
