// @vitest-environment happy-dom
import { cleanup, configure, render, screen, waitFor } from "@testing-library/react";
import { createMemoryRouter, Link, RouterProvider } from "react-router";
import { afterEach, describe, expect, it } from "vitest";
import { PageHeader } from "./PageHeader";

configure({ asyncUtilTimeout: 30_000 });

function open() {
  const router = createMemoryRouter([
    {
      path: "/",
      element: (
        <>
          <PageHeader title="First" />
          <Link to="/second">On</Link>
        </>
      ),
    },
    {
      path: "/second",
      element: (
        <>
          <PageHeader title="Second" />
          <Link to="/second?page=2">More</Link>
        </>
      ),
    },
  ]);
  // The page that the browser begins with has this key.
  expect(router.state.location.key).toBe("default");
  render(<RouterProvider router={router} />);
  return router;
}

describe("PageHeader", () => {
  afterEach(cleanup);

  it("leaves the focus where the browser puts it on the first page", () => {
    open();
    expect(document.title).toBe("First · Claude Agent UI");
    expect(document.activeElement).toBe(document.body);
  });

  it("takes the focus on each page that is gone to", async () => {
    open();
    screen.getByRole("link", { name: "On" }).click();
    const heading = await screen.findByRole("heading", { name: "Second" });
    expect(document.activeElement).toBe(heading);
    expect(document.title).toBe("Second · Claude Agent UI");
  });

  it("leaves the focus at what was pressed where the page stays", async () => {
    const router = open();
    screen.getByRole("link", { name: "On" }).click();
    const more = await screen.findByRole("link", { name: "More" });
    more.focus();
    more.click();
    await waitFor(() => expect(router.state.location.search).toBe("?page=2"));
    expect(document.activeElement).toBe(more);
  });
});
