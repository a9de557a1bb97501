// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ProblemError } from "../api/problem";
import { Toasts } from "../kit/toasts";
import { Deletions } from "./deletions";

const UNDO_MS = 6000;

function setUp(run: (leaving: boolean) => Promise<unknown> = () => Promise.resolve()) {
  const toasts = new Toasts();
  const deletions = new Deletions(toasts);
  const runs: boolean[] = [];
  let settled = 0;
  deletions.request({
    id: "a1",
    name: "Ada",
    run: (leaving) => {
      runs.push(leaving);
      return run(leaving);
    },
    settled: () => {
      settled += 1;
    },
  });
  return { toasts, deletions, runs, settled: () => settled };
}

describe("Deletions", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("deletes once the time to undo is over, and not before", async () => {
    const { deletions, runs, settled } = setUp();
    expect(deletions.ids().has("a1")).toBe(true);
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
    expect(runs).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(runs).toEqual([false]);
    expect(settled()).toBe(1);
    expect(deletions.ids().has("a1")).toBe(true);
  });

  it("never asks the server where it was undone", async () => {
    const { toasts, deletions, runs } = setUp();
    const [toast] = toasts.current();
    toasts.dismiss(toast?.id ?? -1);
    toast?.action?.onPress();
    expect(deletions.ids().has("a1")).toBe(false);
    await vi.advanceTimersByTimeAsync(UNDO_MS * 2);
    deletions.flush(true);
    expect(runs).toEqual([]);
  });

  it("deletes at once when the message is closed or the page is left", async () => {
    const closed = setUp();
    closed.toasts.close(closed.toasts.current()[0]?.id ?? -1);
    expect(closed.runs).toEqual([false]);

    const left = setUp();
    left.deletions.flush(true);
    expect(left.runs).toEqual([true]);
    await vi.advanceTimersByTimeAsync(UNDO_MS * 2);
    expect(left.runs).toEqual([true]);
  });

  it("gives the time of whoever is at the message", async () => {
    const { toasts, runs } = setUp();
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1000);
    toasts.hold();
    await vi.advanceTimersByTimeAsync(UNDO_MS * 3);
    expect(runs).toEqual([]);
    toasts.release();
    await vi.advanceTimersByTimeAsync(999);
    expect(runs).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(runs).toEqual([false]);
  });

  it("shows again what the server did not delete, and why", async () => {
    const refused = new ProblemError({ title: "Not found", detail: "There is no such agent.", status: 404 });
    const { toasts, deletions, settled } = setUp(() => Promise.reject(refused));
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(deletions.ids().has("a1")).toBe(false);
    expect(settled()).toBe(1);
    expect(toasts.current().map(({ message, tone }) => [message, tone])).toEqual([
      ["“Ada” was not deleted. There is no such agent.", "problem"],
    ]);
  });
});
