import { useQueryClient } from "@tanstack/react-query";
import { CHATS, type Chat, changeChat, deleteChat } from "../../api/chats";
import { toProblem } from "../../api/problem";
import type { MenuAction } from "../../kit/Menu";
import { toasts } from "../../kit/toasts";
import { deletions } from "../../lists/deletions";
import { exportChat } from "./exportChat";

/** Tells at the edge of the page what went wrong. */
export function tell(what: string, error: unknown): void {
  const { title, detail } = toProblem(error);
  toasts.show(`${what} ${detail ?? title}`, { tone: "problem" });
}

/** What can be done with a chat from wherever it stands. `leave` goes elsewhere before it is deleted. */
export function useChatActions(chat: Chat, agentName: string, leave?: () => Promise<void>): MenuAction[] {
  const client = useQueryClient();
  const { id, title, archived } = chat;
  const refresh = () => void client.invalidateQueries({ queryKey: CHATS });

  async function archive(to: boolean): Promise<void> {
    try {
      await changeChat(id, { archived: to });
      toasts.show(to ? `“${title}” is archived` : `“${title}” is back`, {
        ...(to && { action: { label: "Undo", onPress: () => void archive(false) } }),
      });
    } catch (error) {
      tell(`“${title}” was not changed.`, error);
    }
    refresh();
  }

  async function remove(): Promise<void> {
    await leave?.();
    deletions.request({ id, name: title, run: (leaving) => deleteChat(id, leaving), settled: refresh });
  }

  return [
    { id: "archive", label: archived ? "Bring back" : "Archive", onAction: () => void archive(!archived) },
    {
      id: "export",
      label: "Export as Markdown",
      onAction: () =>
        void exportChat(chat, agentName).catch((error) => tell(`“${title}” was not exported.`, error)),
    },
    { id: "delete", label: "Delete", danger: true, onAction: () => void remove() },
  ];
}
