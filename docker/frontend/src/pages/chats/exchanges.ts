import type { ChatMessage } from "../../api/chats";

/** A message and the agent's answer to it; both belong to one run. */
export interface Exchange {
  runId: string;
  question?: ChatMessage;
  /** What was asked, where the message itself is not known yet. */
  asked: string;
  answer?: ChatMessage;
}

/** A turn that was begun here, whose messages may not be listed yet. */
export interface BegunTurn {
  runId: string;
  content: string;
}

/** What was said, from the beginning, by its exchanges. */
export function exchangesOf(messages: readonly ChatMessage[], turn?: BegunTurn): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const message of messages) {
    const last = exchanges.at(-1);
    if (message.role === "user") {
      exchanges.push({ runId: message.runId, question: message, asked: message.content });
    } else if (last?.runId === message.runId) last.answer = message;
    else exchanges.push({ runId: message.runId, asked: "", answer: message });
  }
  if (turn !== undefined && !exchanges.some(({ runId }) => runId === turn.runId)) {
    exchanges.push({ runId: turn.runId, asked: turn.content });
  }
  return exchanges;
}

/** Pages of messages, the latest first, as one list from the beginning. A page that moved on doubles none. */
export function inOrder(pages: readonly { data: readonly ChatMessage[] }[]): ChatMessage[] {
  const byId = new Map<string, ChatMessage>();
  for (const { data } of pages) {
    for (const message of data) if (!byId.has(message.id)) byId.set(message.id, message);
  }
  return [...byId.values()].reverse();
}

const LONGEST_TITLE = 60;

/** A chat's title, made from what it begins with. */
export function titleOf(text: string): string {
  const line = text.trim().split("\n", 1)[0]?.trim() ?? "";
  if (line.length <= LONGEST_TITLE) return line;
  const space = line.lastIndexOf(" ", LONGEST_TITLE);
  return `${line.slice(0, space > LONGEST_TITLE / 2 ? space : LONGEST_TITLE)}…`;
}
