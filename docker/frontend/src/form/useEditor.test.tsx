// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, configure, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it } from "vitest";
import type { Stated } from "../api/client";
import { ProblemError } from "../api/problem";
import { type EntryKind, useEditor } from "./useEditor";

configure({ asyncUtilTimeout: 30_000 });

interface Note {
  id: string;
  name: string;
  text?: string;
  color?: string;
}
type NoteValues = { name: string; text: string; color: string };
type NoteMembers = Omit<Note, "id">;

/** Where notes are kept; refuses what was meant for another state, as the service does. */
class Server {
  note: Note = { id: "n1", name: "Ada", text: "first" };
  version = 1;
  readonly requests: unknown[] = [];
  refusal: ProblemError | undefined;

  stated(): Stated<Note> {
    return { value: { ...this.note }, etag: `"${this.version}"` };
  }

  write(change: object): void {
    this.note = { ...this.note, ...change };
    this.version += 1;
  }
}

const FRESH: NoteValues = { name: "", text: "", color: "" };

function kindOf(server: Server): EntryKind<Note, NoteValues, NoteMembers> {
  return {
    noun: "note",
    remembered: ["notes"],
    labels: { name: "name", text: "text", color: "color" },
    values: ({ name, text = "", color = "" }) => ({ name, text, color }),
    read: ({ name, text, color }) =>
      name === ""
        ? { errors: { name: "is needed" } }
        : { members: { name, ...(text && { text }), ...(color && { color }) } },
    find: () => Promise.resolve(server.stated()),
    create: (members, key) => {
      server.requests.push({ members, key });
      if (server.refusal) return Promise.reject(server.refusal);
      server.write(members);
      return Promise.resolve(server.stated());
    },
    change: (_, changes, etag) => {
      server.requests.push({ changes, etag });
      if (server.refusal) return Promise.reject(server.refusal);
      if (etag !== server.stated().etag) {
        return Promise.reject(new ProblemError({ title: "Changed meanwhile", status: 412 }));
      }
      server.write(changes);
      return Promise.resolve(server.stated());
    },
  };
}

function edit(server: Server, entry: Stated<Note> | undefined) {
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const kind = kindOf(server);
  return renderHook((given: Stated<Note> | undefined) => useEditor(kind, given, FRESH), {
    wrapper,
    initialProps: entry,
  });
}

afterEach(cleanup);

describe("useEditor", () => {
  it("sends what was changed alone, for the state that was read", async () => {
    const server = new Server();
    const { result } = edit(server, server.stated());
    act(() => result.current.form.set("text", ""));
    await act(() => result.current.save());
    expect(server.requests).toEqual([{ changes: { text: null }, etag: '"1"' }]);
    expect(result.current.form.dirty).toBe(false);
  });

  it("asks where somebody else came first, and saves both where that is wanted", async () => {
    const server = new Server();
    const { result } = edit(server, server.stated());
    server.write({ color: "red", text: "theirs" });
    act(() => result.current.form.set("text", "mine"));
    await act(() => result.current.save());
    expect(result.current.conflict).toMatchObject({ theirs: ["text", "color"], both: ["text"] });
    expect(server.note.text).toBe("theirs");

    await act(() => result.current.keepMine());
    expect(result.current.conflict).toBeUndefined();
    expect(server.note).toEqual({ id: "n1", name: "Ada", color: "red", text: "mine" });
    expect(result.current.form.values.color).toBe("red");
  });

  it("begins again with what somebody else saved where that is wanted", async () => {
    const server = new Server();
    const { result } = edit(server, server.stated());
    server.write({ text: "theirs" });
    act(() => result.current.form.set("text", "mine"));
    await act(() => result.current.save());
    act(() => result.current.takeTheirs());
    expect(result.current.form).toMatchObject({ dirty: false, values: { text: "theirs" } });
    expect(server.requests).toHaveLength(1);
  });

  it("follows what others save only where nothing is typed", () => {
    const server = new Server();
    const { result, rerender } = edit(server, server.stated());
    server.write({ text: "second" });
    rerender(server.stated());
    expect(result.current.form.values.text).toBe("second");

    act(() => result.current.form.set("text", "mine"));
    server.write({ text: "third" });
    rerender(server.stated());
    expect(result.current.form.values.text).toBe("mine");
  });

  it("makes nothing twice of one form, but anew of another", async () => {
    const server = new Server();
    server.refusal = new ProblemError({ title: "Away", status: 503 });
    const { result } = edit(server, undefined);
    act(() => result.current.form.set("name", "Bob"));
    await act(() => result.current.save());
    await act(() => result.current.save());
    act(() => result.current.form.set("name", "Eve"));
    await act(() => result.current.save());
    const keys = server.requests.map((request) => (request as { key: string }).key);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
    expect(result.current.problem?.title).toBe("Away");
  });

  it("shows the server's faults at their fields, and asks it nothing where the page knows better", async () => {
    const server = new Server();
    server.refusal = new ProblemError({
      title: "In conflict",
      status: 409,
      errors: [{ field: "name", detail: "must be unique" }],
    });
    const { result } = edit(server, server.stated());
    act(() => result.current.form.set("name", "Eve"));
    await act(() => result.current.save());
    expect(result.current.form.errors).toEqual({ name: "must be unique" });
    expect(result.current.form.values.name).toBe("Eve");

    act(() => result.current.form.set("name", ""));
    await act(() => result.current.save());
    expect(result.current.form.errors).toEqual({ name: "is needed" });
    expect(server.requests).toHaveLength(1);
  });

  it("says after another sign-in that nothing was saved", async () => {
    const server = new Server();
    server.refusal = new ProblemError({ title: "Not signed in", status: 401 });
    const { result } = edit(server, server.stated());
    act(() => result.current.form.set("text", "mine"));
    await act(() => result.current.save());
    expect(result.current.problem?.title).toBe("Not saved yet");
    expect(result.current.form).toMatchObject({ dirty: true, values: { text: "mine" } });
  });
});
