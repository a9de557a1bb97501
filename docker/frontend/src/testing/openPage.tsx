import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, configure, render } from "@testing-library/react";
import { createMemoryRouter, type RouteObject, RouterProvider } from "react-router";
import { onTestFinished, vi } from "vitest";

// A build on a busy machine is slow, and not wrong for that.
configure({ asyncUtilTimeout: 30_000 });

type Answers = (request: Request, init?: RequestInit) => Promise<Response>;

/** Opens an address of these pages, which ask a service that answers so, until the test is over. */
export function openPage(address: string, pages: RouteObject[], answers: Answers) {
  vi.stubGlobal("fetch", answers);
  const router = createMemoryRouter(pages, { initialEntries: [address] });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  onTestFinished(() => {
    cleanup();
    vi.unstubAllGlobals();
  });
  return router;
}
