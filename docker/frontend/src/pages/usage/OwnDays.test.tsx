// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { OwnDays } from "./OwnDays";

describe("OwnDays", () => {
  afterEach(cleanup);

  it("is taken only with both days", () => {
    const change = vi.fn();
    render(<OwnDays period={{ from: "2026-01-01", to: "2026-01-31" }} onChange={change} />);
    const first = screen.getByLabelText("First day");
    const show = () => screen.getByRole("button", { name: "Show" }).click();

    fireEvent.change(first, { target: { value: "" } });
    fireEvent.submit(first);
    expect(screen.getByText("Choose a day")).toBeTruthy();
    expect(change).not.toHaveBeenCalled();

    fireEvent.change(first, { target: { value: "2025-12-01" } });
    expect(screen.queryByText("Choose a day")).toBeNull();
    show();
    expect(change).toHaveBeenCalledExactlyOnceWith({ from: "2025-12-01", to: "2026-01-31" });
  });
});
