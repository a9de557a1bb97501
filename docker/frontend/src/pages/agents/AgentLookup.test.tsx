// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import { openPage } from "../../testing/openPage";
import { AgentLookup } from "./AgentLookup";
import { useAgentName } from "./agentName";

const ALL = { id: "all", label: "All agents" };
const PAGE = 10;

/** Has more agents than it lists at once. */
class Service {
  readonly names = [...Array.from({ length: 12 }, (_, index) => `Agent ${10 + index}`), "Zoe"];
  fails = false;

  readonly fetch = (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    if (this.fails) return Promise.resolve(Response.json({ title: "Not allowed" }, { status: 403 }));
    if (!pathname.endsWith("/agents")) {
      return Promise.resolve(Response.json(this.agent(this.names[Number(pathname.split("/").at(-1))] ?? "")));
    }
    const search = searchParams.get("search") ?? "";
    const fitting = this.names.filter((name) => name.toLowerCase().includes(search.toLowerCase()));
    return Promise.resolve(
      Response.json({
        data: fitting.slice(0, PAGE).map((name) => this.agent(name)),
        meta: { page: 1, pageSize: PAGE, total: fitting.length },
      }),
    );
  };

  idOf(name: string): string {
    return String(this.names.indexOf(name));
  }

  private agent(name: string) {
    return { id: this.idOf(name), name, enabled: true };
  }
}

function Form({ chosen, keys }: { chosen: string; keys: string[] }) {
  const [value, setValue] = useState(chosen);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: stands for a dialog, which Escape would close
    <div onKeyDown={({ key }) => keys.push(key)}>
      <AgentLookup
        value={value}
        onChange={setValue}
        none={ALL}
        optionOf={({ id, name }) => ({ id, label: name })}
      />
      <a href="#elsewhere">Elsewhere</a>
    </div>
  );
}

describe("AgentLookup", () => {
  let service: Service;
  let keys: string[];
  const user = userEvent.setup();
  const field = () => screen.findByRole<HTMLInputElement>("combobox", { name: "Agent" });
  const offered = () => screen.getAllByRole("option").map((option) => option.textContent);

  function open(chosen = ALL.id) {
    openPage("/", [{ path: "/", element: <Form chosen={chosen} keys={keys} /> }], service.fetch);
  }

  beforeEach(() => {
    service = new Service();
    keys = [];
  });

  it("finds any agent, however many there are", async () => {
    open();
    await user.click(await field());
    await screen.findByText("And 3 more: type to find them.");
    expect(offered()).toHaveLength(PAGE + 1);
    expect(screen.queryByRole("option", { name: "Zoe" })).toBeNull();

    await user.keyboard("zoe");
    await user.click(await screen.findByRole("option", { name: "Zoe" }));
    expect((await field()).value).toBe("Zoe");
    expect(screen.queryByRole("option")).toBeNull();
  });

  it("names the chosen one and lets go of it, though it is not among the first", async () => {
    open(service.idOf("Zoe"));
    await waitFor(async () => expect((await field()).value).toBe("Zoe"));
    await user.click(await field());
    expect(offered().slice(0, 2)).toEqual(["Zoe", "All agents"]);
    await user.click(screen.getByRole("option", { name: "All agents" }));
    expect((await field()).value).toBe("All agents");
  });

  it("takes back what is left half typed", async () => {
    open(service.idOf("Zoe"));
    await waitFor(async () => expect((await field()).value).toBe("Zoe"));
    await user.click(await field());
    await user.keyboard("agent 2");
    await waitFor(() => expect(offered()).toEqual(["Agent 20", "Agent 21"]));
    await user.tab();
    expect((await field()).value).toBe("Zoe");
    await user.click(await field());
    await user.keyboard("agent{Escape}");
    expect((await field()).value).toBe("Zoe");
    expect(screen.queryByRole("option")).toBeNull();
    expect(keys).not.toContain("Escape");
  });

  it("hides the rest of the page while its list is open, which is left by leaving the field", async () => {
    open();
    const rest = () => screen.queryByRole("link", { name: "Elsewhere" });
    expect(await screen.findByRole("link", { name: "Elsewhere" })).toBeTruthy();
    await user.click(await field());
    expect(offered()).not.toHaveLength(0);
    expect(rest()).toBeNull();
    await user.tab();
    expect(screen.queryByRole("option")).toBeNull();
    expect(document.activeElement).toBe(rest());
  });

  it("says that nothing fits", async () => {
    open();
    await user.click(await field());
    await user.keyboard("nobody");
    await screen.findByText("No agent fits.");
  });

  it("says why it can't look up, and tries again when its list is opened again", async () => {
    service.fails = true;
    open();
    await user.click(await field());
    await screen.findByText("The agents can't be looked up: Not allowed. Open this list again to retry.");
    await user.keyboard("{Escape}");
    service.fails = false;
    await user.keyboard("{ArrowDown}");
    await screen.findByRole("option", { name: "Agent 10" });
  });
});

function Named({ id }: { id: string }) {
  return <p>Task of {useAgentName(id)}</p>;
}

describe("useAgentName", () => {
  it("names an agent that is not among the first", async () => {
    const service = new Service();
    openPage("/", [{ path: "/", element: <Named id={service.idOf("Zoe")} /> }], service.fetch);
    await screen.findByText("Task of Zoe");
  });
});
