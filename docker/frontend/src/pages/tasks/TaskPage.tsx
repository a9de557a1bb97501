import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import type { Stated } from "../../api/client";
import { toProblem } from "../../api/problem";
import { deleteTask, TASKS, type Task, taskQuery, taskRunsQuery } from "../../api/tasks";
import { PageHeader } from "../../app/PageHeader";
import { PageProblem } from "../../app/PageProblem";
import { EntryForm } from "../../form/EntryForm";
import { useEditor } from "../../form/useEditor";
import { Button, ButtonLink } from "../../kit/Button";
import { Skeleton } from "../../kit/Loading";
import { ActionMenu } from "../../kit/Menu";
import { ProblemNotice } from "../../kit/ProblemNotice";
import { useDeleteAction } from "../../lists/useDeleteAction";
import { useAgentName } from "../agents/agentName";
import { RunRow } from "../runs/RunRow";
import { TaskFields } from "./TaskFields";
import { TaskRunner } from "./TaskRunner";
import { NEW_TASK, taskKind } from "./taskForm";
import "./tasks.css";

const pathOf = (id: string) => `/tasks/${id}`;

function useTask() {
  const { id = "" } = useParams();
  return { id, task: useQuery(taskQuery(id)) };
}

/** A task: to be run, and what came of it so far. */
export function Component() {
  const { id, task } = useTask();
  if (task.data) return <TaskView key={id} task={task.data.value} />;
  if (task.isError) return <PageProblem error={task.error} noun="task" retry={() => void task.refetch()} />;
  return <Skeleton label="Loading the task…" rows={4} />;
}

function TaskView({ task }: { task: Task }) {
  const { id, name, description, prompt, agent } = task;
  const agentName = useAgentName(agent);
  return (
    <>
      <PageHeader
        title={name}
        aside={
          <Link className="tag" to={agent ? `/agents/${agent}` : `/tasks/${id}/edit`}>
            {agentName}
          </Link>
        }
        actions={
          <>
            <ButtonLink to={`/tasks/${id}/edit`}>Edit</ButtonLink>
            <TaskMenu task={task} />
          </>
        }
      >
        {description && <p>{description}</p>}
      </PageHeader>
      <div className="measure task-page">
        <section aria-label="Prompt">
          <p className="asked">{prompt}</p>
        </section>
        <section aria-label="Run it">
          <TaskRunner key={JSON.stringify([prompt, task.inputValues])} task={task} />
        </section>
      </div>
      <History taskId={id} />
    </>
  );
}

function TaskMenu({ task: { id, name } }: { task: Task }) {
  const remove = useDeleteAction({ id, name, delete: deleteTask, remembered: TASKS, leaveFor: "/tasks" });
  return <ActionMenu label={`More for ${name}`} actions={[remove]} />;
}

function History({ taskId }: { taskId: string }) {
  const [page, setPage] = useState(1);
  const runs = useQuery(taskRunsQuery(taskId, page));
  return (
    <section className="task-history" aria-labelledby="history">
      <h2 id="history">What came of it</h2>
      {runs.isPending && <Skeleton label="Loading its runs…" rows={2} />}
      {runs.isError && <ProblemNotice problem={toProblem(runs.error)} />}
      {runs.data?.meta.total === 0 && <p className="muted">It was not run yet.</p>}
      {runs.data && runs.data.meta.total > 0 && (
        <>
          <ul className="rows" aria-label="Runs of this task">
            {runs.data.data.map((run) => (
              <li key={run.id} className="row">
                <RunRow run={run} />
              </li>
            ))}
          </ul>
          <Older {...runs.data.meta} page={page} onPage={setPage} />
        </>
      )}
    </section>
  );
}

function Older(props: { page: number; pageSize: number; total: number; onPage(page: number): void }) {
  const { page, pageSize, total, onPage } = props;
  if (total <= pageSize) return null;
  return (
    <div className="pagination">
      <p role="status">{total} runs</p>
      {page > 1 && <Button onPress={() => onPage(page - 1)}>Newer</Button>}
      {page * pageSize < total && <Button onPress={() => onPage(page + 1)}>Older</Button>}
    </div>
  );
}

/** A task that there is, to be changed. */
export function EditTaskPage() {
  const { id, task } = useTask();
  if (task.data) return <EditTask key={id} task={task.data} />;
  if (task.isError) return <PageProblem error={task.error} noun="task" retry={() => void task.refetch()} />;
  return <Skeleton label="Loading the task…" rows={6} />;
}

function EditTask({ task }: { task: Stated<Task> }) {
  const editor = useEditor(taskKind, task, NEW_TASK);
  return (
    <>
      <PageHeader
        title={`Edit ${task.value.name}`}
        actions={<ButtonLink to={pathOf(task.value.id)}>Back to the task</ButtonLink>}
      />
      <EntryForm noun="task" editor={editor} isNew={false} pathOf={pathOf}>
        <TaskFields form={editor.form} />
      </EntryForm>
    </>
  );
}

/** A task that is to be. */
export function NewTaskPage() {
  const editor = useEditor(taskKind, undefined, NEW_TASK);
  return (
    <>
      <PageHeader title="New task">
        <p>A task is a prompt that is kept, to be run again and again with other inputs.</p>
      </PageHeader>
      <EntryForm noun="task" editor={editor} isNew pathOf={pathOf}>
        <TaskFields form={editor.form} />
      </EntryForm>
    </>
  );
}
