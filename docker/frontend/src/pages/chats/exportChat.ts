import { allMessages, type Chat, type ChatMessage } from "../../api/chats";

const ENDS: Partial<Record<NonNullable<ChatMessage["outcome"]>, string>> = {
  cancelled: "*Stopped before its end.*",
  failed: "*Failed before its end.*",
};

/** A chat as a Markdown document. */
export function chatMarkdown(title: string, agentName: string, messages: readonly ChatMessage[]): string {
  const parts = messages.map(({ role, content, attachments = [], outcome, createdAt }) => {
    const files = attachments.map(({ name }) => `\`${name.replaceAll("`", "'")}\``).join(", ");
    return [
      `## ${role === "user" ? "You" : agentName}`,
      `*${createdAt}*`,
      files && `Attachments: ${files}`,
      content.trim(),
      outcome && ENDS[outcome],
    ]
      .filter(Boolean)
      .join("\n\n");
  });
  return `${[`# ${title.replaceAll("\n", " ")}`, ...parts].join("\n\n")}\n`;
}

/** A name that every file system takes. */
export function fileNameOf(title: string): string {
  const name = title
    .normalize("NFKC")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 80);
  return `${name || "chat"}.md`;
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file over once the click was handled.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** Gives the reader the chat as a file. */
export async function exportChat(chat: Pick<Chat, "id" | "title">, agentName: string): Promise<void> {
  download(fileNameOf(chat.title), chatMarkdown(chat.title, agentName, await allMessages(chat.id)));
}
