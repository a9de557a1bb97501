// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { SIGNED_OUT } from "../api/client";
import { openPage } from "../testing/openPage";
import { Root } from "./Root";

const ADA = { id: "u1", name: "Ada", email: "ada@example.com", role: "user" };
const BEA = { id: "u2", name: "Bea", email: "bea@example.com", role: "user" };

/** Knows who is signed in, and lets in whoever it is told to. */
class Service {
  user: typeof ADA | undefined;
  letsIn = ADA;

  readonly fetch = (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === "/api/about") {
      return Promise.resolve(Response.json({ version: "1", revision: "x", demoMode: false, models: {} }));
    }
    if (request.method === "POST") this.user = this.letsIn;
    return Promise.resolve(
      this.user
        ? Response.json({ user: this.user })
        : Response.json({ title: "Not signed in" }, { status: 401 }),
    );
  };
}

function open(service: Service) {
  const notes = { path: "/notes", element: <input aria-label="Note" /> };
  openPage("/notes", [{ element: <Root />, children: [notes] }], service.fetch);
}

async function signIn() {
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("E-mail address or user name"), "name");
  await user.type(screen.getByLabelText("Password"), "password");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

const note = () => screen.findByRole<HTMLInputElement>("textbox", { name: "Note" });

describe("Root", () => {
  let service: Service;
  beforeEach(() => {
    service = new Service();
  });

  it("leads through the sign-in to the page that was asked for", async () => {
    open(service);
    await signIn();
    await note();
    expect(screen.queryByLabelText("Password")).toBeNull();
    await waitFor(() => expect(document.activeElement?.id).toBe("main"));
  });

  it("keeps what was typed when the session ends, for the same user alone", async () => {
    service.user = ADA;
    open(service);
    const user = userEvent.setup();
    await user.type(await note(), "half a thought");

    service.user = undefined;
    window.dispatchEvent(new Event(SIGNED_OUT));
    await screen.findByText(/Your session has ended/);
    expect(screen.queryByRole("textbox", { name: "Note" })).toBeNull();
    await signIn();
    expect((await note()).value).toBe("half a thought");

    service.letsIn = BEA;
    window.dispatchEvent(new Event(SIGNED_OUT));
    await signIn();
    expect((await note()).value).toBe("");
  });
});
