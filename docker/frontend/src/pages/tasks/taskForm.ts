import {
  changeTask,
  createTask,
  type NewTask,
  TASKS,
  type Task,
  type TaskMembers,
  taskQuery,
} from "../../api/tasks";
import type { EntryKind, Reading } from "../../form/useEditor";
import { inputValuesOf, placeholdersOf, type TypedInputs, typedInputs } from "./inputs";

/** A task as its form has it. */
export interface TaskValues {
  name: string;
  description: string;
  agent: string;
  prompt: string;
  inputs: TypedInputs;
  /** What the inputs were, with their types. */
  before: Task["inputValues"];
}

export const NEW_TASK: TaskValues = {
  name: "",
  description: "",
  agent: "",
  prompt: "",
  inputs: {},
  before: {},
};

const LABELS = {
  name: "Name",
  description: "Description",
  agent: "Agent",
  prompt: "Prompt",
  inputValues: "Usual inputs",
};

export function taskValues(task: Task): TaskValues {
  return {
    name: task.name,
    description: task.description ?? "",
    agent: task.agent ?? "",
    prompt: task.prompt,
    inputs: typedInputs(task.inputValues),
    before: task.inputValues,
  };
}

export function readTask(values: TaskValues): Reading<NewTask> {
  const errors: Record<string, string> = {};
  if (values.name.trim() === "") errors["name"] = "A task needs a name";
  if (values.agent === "") errors["agent"] = "Choose the agent that runs it";
  if (values.prompt.trim() === "") errors["prompt"] = "Say what is to be done";
  if (Object.keys(errors).length > 0) return { errors };
  const description = values.description.trim();
  return {
    members: {
      name: values.name.trim(),
      prompt: values.prompt,
      agent: values.agent,
      inputValues: inputValuesOf(placeholdersOf(values.prompt), values.inputs, values.before),
      ...(description && { description }),
    },
  };
}

export const taskKind: EntryKind<Task, TaskValues, NewTask> = {
  noun: "task",
  remembered: TASKS,
  labels: LABELS,
  values: taskValues,
  read: readTask,
  find: (client, id) => client.fetchQuery({ ...taskQuery(id), staleTime: 0 }),
  create: createTask,
  change: (id, changes, etag) => changeTask(id, changes as TaskMembers, etag),
};
