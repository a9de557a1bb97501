// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ChatMessage } from "../../api/chats";
import { openPage } from "../../testing/openPage";
import { Component } from "./ChatPage";

const AT = "2026-01-01T00:00:00Z";
const USAGE = {
  inputTokens: 1,
  outputTokens: 1,
  cacheCreationInputTokens: 0,
  cacheReadInputTokens: 0,
  final: true,
};
const META = { page: 1, pageSize: 100, total: 1 };
const CHAT = {
  id: "c1",
  title: "Tides",
  agent: "a1",
  skills: [],
  archived: false,
  createdAt: AT,
  updatedAt: AT,
  lastActiveAt: AT,
};
const AGENT = { id: "a1", name: "Ada", enabled: true, slug: "ada", systemPrompt: "…" };

/** A chat in a service of its own: its turns run until they are told to end. */
class Service {
  messages: ChatMessage[] = [];
  refuses = false;
  readonly did: string[] = [];
  readonly streams = new Map<string, ReadableStreamDefaultController<Uint8Array>>();

  say(role: ChatMessage["role"], runId: string, content: string, outcome?: ChatMessage["outcome"]): void {
    const id = `${role}-${runId}`;
    this.messages.push({ id, role, runId, content, createdAt: AT, ...(outcome && { outcome }) });
  }

  stream(runId: string, ...events: object[]): void {
    const lines = events.map((event, index) => {
      return `data: ${JSON.stringify({ runId, seq: index + 1, at: AT, turn: 1, ...event })}\n\n`;
    });
    this.streams.get(runId)?.enqueue(new TextEncoder().encode(lines.join("")));
  }

  readonly fetch = async (input: Request | string, init?: RequestInit): Promise<Response> => {
    const request =
      typeof input === "string" ? { url: `http://x${input}`, method: init?.method ?? "GET" } : input;
    const { pathname } = new URL(request.url);
    const run = /runs\/(\w+)\/events$/.exec(pathname)?.[1];
    if (run !== undefined) {
      return new Response(
        new ReadableStream({ start: (controller) => void this.streams.set(run, controller) }),
      );
    }
    if (pathname.endsWith("/agents")) return Response.json({ data: [AGENT], meta: META });
    if (pathname.endsWith("/chats/c1")) return Response.json(CHAT);
    if (request.method === "DELETE") {
      this.did.push(`delete ${pathname.split("/").at(-1)}`);
      this.messages = [];
      return new Response(null, { status: 204 });
    }
    if (request.method === "POST") return this.take(JSON.parse(String(init?.body)));
    return Response.json({
      data: this.messages.toReversed(),
      meta: { page: 1, pageSize: 30, total: this.messages.length },
    });
  };

  private take(body: { content: string }): Response {
    this.did.push(`send ${body.content}`);
    if (this.refuses) return Response.json({ title: "Not available" }, { status: 503 });
    const runId = `r${8 + this.did.length}`;
    this.say("user", runId, body.content);
    return new Response("", { headers: { Location: `/api/runs/${runId}` } });
  }
}

function open(service: Service) {
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => setTimeout(frame, 0));
  openPage("/chats/c1", [{ path: "/chats/:id", element: <Component /> }], service.fetch);
}

const field = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Message to Ada" });

describe("a chat's page", () => {
  let service: Service;
  beforeEach(() => {
    service = new Service();
  });

  it("shows an answer as it comes, and lets nothing else be sent until it is kept", async () => {
    open(service);
    await userEvent.type(await field(), "Hello{Enter}");
    await waitFor(() => expect(service.streams.has("r9")).toBe(true));
    service.stream(
      "r9",
      { type: "run.started", model: "m", demo: false },
      { type: "text.delta", text: "Good day" },
    );
    await screen.findByText("Good day");
    await userEvent.type(await field(), "More{Enter}");
    expect(service.did).toEqual(["send Hello"]);

    service.say("assistant", "r9", "Good day.", "completed");
    service.stream("r9", {}, {}, { type: "run.completed", stopReason: "end_turn", usage: USAGE });
    await waitFor(() => expect(screen.queryByText(/One message at a time/)).toBeNull());
    await userEvent.type(await field(), "{Enter}");
    expect(service.did).toEqual(["send Hello", "send More"]);
  });

  it("picks up the answer that is at work when the page is loaded anew", async () => {
    service.say("user", "r1", "Hello");
    open(service);
    await waitFor(() => expect(service.streams.has("r1")).toBe(true));
    service.stream(
      "r1",
      { type: "run.started", model: "m", demo: false },
      { type: "text.delta", text: "On it" },
    );
    await screen.findByText("On it");
  });

  it("sends a message in other words in its place", async () => {
    service.say("user", "r1", "Helo");
    service.say("assistant", "r1", "What?", "completed");
    open(service);
    await userEvent.click(await screen.findByRole("button", { name: "Edit your message" }));
    const edit = await screen.findByRole("textbox", { name: "Message in other words" });
    await userEvent.clear(edit);
    await userEvent.type(edit, "Hello{Enter}");
    await waitFor(() => expect(service.did).toEqual(["delete user-r1", "send Hello"]));
    await waitFor(() => expect(screen.queryByText("What?")).toBeNull());
  });

  it("gives back what took the place of another and was not taken", async () => {
    service.say("user", "r1", "Helo");
    service.say("assistant", "r1", "What?", "completed");
    service.refuses = true;
    open(service);
    await userEvent.click(await screen.findByRole("button", { name: "Edit your message" }));
    const edit = await screen.findByRole("textbox", { name: "Message in other words" });
    await userEvent.clear(edit);
    await userEvent.type(edit, "Hello{Enter}");
    await waitFor(async () => expect((await field()).value).toBe("Hello"));
  });

  it("marks an answer that was stopped, and lets it go on or be asked for again", async () => {
    service.say("user", "r1", "Hello");
    service.say("assistant", "r1", "Good", "cancelled");
    open(service);
    await screen.findByText("This answer was stopped before its end.");
    expect(screen.getByRole("button", { name: "Continue" })).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Ask again" }));
    await waitFor(() => expect(service.did).toEqual(["delete user-r1", "send Hello"]));
  });
});
