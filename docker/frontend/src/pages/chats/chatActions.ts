import { useQueryClient } from "@tanstack/react-query";
import { CHATS, type Chat, changeChat, deleteChat } from "../../api/chats";
import { tell } from "../../app/tell";
import type { MenuAction } from "../../kit/Menu";
import { toasts } from "../../kit/toasts";
import { useDeleteAction } from "../../lists/useDeleteAction";
import { exportChat } from "./exportChat";

/** What can be done with a chat from wherever it stands. `leaveFor` is gone to before it is deleted. */
export function useChatActions(chat: Chat, agentName: string, leaveFor?: string): MenuAction[] {
  const client = useQueryClient();
  const { id, title, archived } = chat;
  const remove = useDeleteAction({
    id,
    name: title,
    delete: deleteChat,
    remembered: CHATS,
    ...(leaveFor && { leaveFor }),
  });
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

  return [
    { id: "archive", label: archived ? "Bring back" : "Archive", onAction: () => void archive(!archived) },
    {
      id: "export",
      label: "Export as Markdown",
      onAction: () =>
        void exportChat(chat, agentName).catch((error) => tell(`“${title}” was not exported.`, error)),
    },
    remove,
  ];
}
