import { useQuery } from "@tanstack/react-query";
import { type Chat, chatsQuery } from "../../api/chats";
import { ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { formatTime } from "../../kit/format";
import { ActionMenu } from "../../kit/Menu";
import { EntryRow } from "../../lists/EntryRow";
import { ListPage } from "../../lists/ListPage";
import { type ListKind, useListState } from "../../lists/listState";
import { AgentFilter } from "../agents/AgentFilter";
import { useAgentName } from "../agents/agentName";
import { useChatActions } from "./chatActions";

const LIST: ListKind<"archived"> = {
  noun: "chats",
  searchable: true,
  sorts: [
    { id: "lastActiveAt:desc", label: "Last active first" },
    { id: "createdAt:desc", label: "Newest first" },
    { id: "createdAt:asc", label: "Oldest first" },
    { id: "title:asc", label: "By title" },
  ],
  filters: [
    {
      name: "archived",
      label: "Which chats",
      options: [
        { id: "active", label: "Not archived" },
        { id: "true", label: "Archived" },
        { id: "all", label: "All" },
      ],
    },
  ],
  ofAgents: true,
};

export function Component() {
  const list = useListState(LIST);
  const {
    agent,
    filters: { archived },
  } = list;
  const chats = useQuery(
    chatsQuery({
      ...list.asked,
      ...(agent && { agent }),
      ...(archived !== "all" && { archived: archived === "true" }),
    }),
  );
  return (
    <ListPage
      title="Chats"
      actions={
        <ButtonLink to="/chats/new" tone="primary">
          New chat
        </ButtonLink>
      }
      list={list}
      query={chats}
      filters={<AgentFilter list={list} />}
      empty={<NoChats />}
      row={(chat) => <ChatRow chat={chat} />}
    />
  );
}

function ChatRow({ chat }: { chat: Chat }) {
  const agentName = useAgentName(chat.agent);
  const actions = useChatActions(chat, agentName);
  return (
    <EntryRow
      to={`/chats/${chat.id}`}
      title={chat.title}
      marks={chat.archived && <span className="tag">archived</span>}
      actions={<ActionMenu label={`More for ${chat.title}`} actions={actions} />}
    >
      <p className="row-meta">
        {agentName} · {formatTime(chat.lastActiveAt)}
      </p>
    </EntryRow>
  );
}

function NoChats() {
  return (
    <EmptyState
      title="No chats yet"
      action={
        <ButtonLink to="/chats/new" tone="primary">
          Begin a chat
        </ButtonLink>
      }
    >
      <p>A chat is a conversation with an agent. It remembers what was said, and can be taken up any time.</p>
    </EmptyState>
  );
}
