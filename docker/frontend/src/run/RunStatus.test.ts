import { describe, expect, it } from "vitest";
import { statusText } from "./RunStatus";
import { NEW_RUN, type RunView } from "./view";

const RUNNING: RunView = { ...NEW_RUN, seq: 3, state: "running" };

describe("statusText", () => {
  it("tells the place in the queue", () => {
    const queued: RunView = { ...NEW_RUN, seq: 1, position: 2 };
    expect(statusText(queued, "open", false)).toBe("Queued, number 2 in line");
    expect(statusText({ ...queued, position: 0 }, "open", false)).toBe("Queued");
  });

  it("tells of the connection before anything else, but of an end before that", () => {
    expect(statusText(RUNNING, "reconnecting", true)).toBe("Reconnecting…");
    expect(statusText(RUNNING, "lost", false)).toContain("may go on");
    expect(statusText({ ...RUNNING, state: "completed" }, "lost", false)).toBe("Completed");
  });

  it("tells that it is being stopped until it has", () => {
    expect(statusText(RUNNING, "open", true)).toBe("Stopping…");
    expect(statusText({ ...RUNNING, state: "cancelled" }, "open", true)).toBe("Stopped");
  });
});
