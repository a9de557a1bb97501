import type { ComponentType } from "react";
import { createBrowserRouter, Navigate, type RouteObject } from "react-router";
import { Loading } from "./Loading";
import { NotFound } from "./NotFound";
import { PageError } from "./PageError";
import { Root } from "./Root";

/** Every page is a file of its own, fetched when it is first gone to. */
function page(path: string, load: () => Promise<{ Component: ComponentType }>): RouteObject {
  return { path, lazy: load, errorElement: <PageError /> };
}

const pages: RouteObject[] = [
  { index: true, element: <Navigate to="/agents" replace /> },
  page("agents", () => import("../pages/agents/AgentsPage")),
  page("agents/new", async () => ({ Component: (await import("../pages/agents/AgentPage")).NewAgentPage })),
  page("agents/:id", () => import("../pages/agents/AgentPage")),
  page("agents/:id/run", () => import("../pages/run/RunAgentPage")),
  page("chats", () => import("../pages/chats/ChatsPage")),
  page("chats/new", () => import("../pages/chats/NewChatPage")),
  page("chats/:id", () => import("../pages/chats/ChatPage")),
  page("tasks", () => import("../pages/tasks/TasksPage")),
  page("tasks/new", async () => ({ Component: (await import("../pages/tasks/TaskPage")).NewTaskPage })),
  page("tasks/:id", () => import("../pages/tasks/TaskPage")),
  page("tasks/:id/edit", async () => ({ Component: (await import("../pages/tasks/TaskPage")).EditTaskPage })),
  page("runs", () => import("../pages/runs/RunsPage")),
  page("runs/:id", () => import("../pages/runs/RunPage")),
  page("skills", () => import("../pages/skills/SkillsPage")),
  page("skills/new", async () => ({ Component: (await import("../pages/skills/SkillPage")).NewSkillPage })),
  page("skills/:id", () => import("../pages/skills/SkillPage")),
  page("mcp-servers", () => import("../pages/mcpservers/McpServersPage")),
  page("mcp-servers/new", async () => ({
    Component: (await import("../pages/mcpservers/McpServerPage")).NewMcpServerPage,
  })),
  page("mcp-servers/:id", () => import("../pages/mcpservers/McpServerPage")),
  page("usage", () => import("../pages/usage/UsagePage")),
  page("settings", () => import("../pages/settings/SettingsPage")),
  { path: "*", element: <NotFound /> },
];

export const router = createBrowserRouter([
  { element: <Root />, errorElement: <PageError />, hydrateFallbackElement: <Loading />, children: pages },
]);
