import { describe, expect, it } from "vitest";
import type { Task } from "../../api/tasks";
import { NEW_TASK, readTask, taskValues } from "./taskForm";

const TASK: Task = {
  id: "t1",
  name: "Greeting",
  prompt: "Greet {{name}} {{times}} times.",
  inputValues: { name: "Ada", times: 2, old: "gone" },
  agent: "a1",
  state: "idle",
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
};

describe("readTask", () => {
  it("sends back what it was given, but inputs that the prompt doesn't ask for", () => {
    expect(readTask(taskValues(TASK))).toEqual({
      members: {
        name: "Greeting",
        prompt: TASK.prompt,
        agent: "a1",
        inputValues: { name: "Ada", times: 2 },
      },
    });
  });

  it("names every field that is missing", () => {
    expect(readTask(NEW_TASK)).toEqual({
      errors: {
        name: "A task needs a name",
        agent: "Choose the agent that runs it",
        prompt: "Say what is to be done",
      },
    });
  });
});
