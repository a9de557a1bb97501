// @vitest-environment happy-dom
import { act, renderHook } from "@testing-library/react";
import { expect, it, onTestFinished, vi } from "vitest";
import { PAUSE_MS, useSettled } from "./useSettled";

it("has what was typed once the typing pauses, and nothing of what was typed on the way", () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { result, rerender } = renderHook(useSettled, { initialProps: "" });
  for (const text of ["a", "ad", "ada"]) {
    rerender(text);
    act(() => void vi.advanceTimersByTime(PAUSE_MS - 1));
    expect(result.current).toBe("");
  }
  act(() => void vi.advanceTimersByTime(1));
  expect(result.current).toBe("ada");
});
