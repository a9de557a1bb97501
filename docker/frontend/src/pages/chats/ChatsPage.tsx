import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { type Chat, chatsQuery } from "../../api/chats";
import { PageHeader } from "../../app/PageHeader";
import { ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { formatTime } from "../../kit/format";
import { ActionMenu } from "../../kit/Menu";
import type { Option } from "../../kit/Select";
import { AgentFilter, useAgentInAddress } from "../../lists/AgentFilter";
import { EntryList } from "../../lists/EntryList";
import { Filter, ListTools } from "../../lists/ListTools";
import { useListState } from "../../lists/listState";
import { nameOf, useAgents } from "./agentNames";
import { useChatActions } from "./chatActions";

const SORTS: Option[] = [
  { id: "createdAt:desc", label: "Newest first" },
  { id: "title:asc", label: "By title" },
  { id: "createdAt:asc", label: "Oldest first" },
];
const LIST = { sorts: SORTS.map(({ id }) => id), filters: { archived: ["true", "all"] } };

export function Component() {
  const list = useListState(LIST);
  const agent = useAgentInAddress();
  const { agents } = useAgents();
  const { page, sort, search, filters } = list;
  const chats = useQuery(
    chatsQuery({
      page,
      sort,
      ...(search && { search }),
      ...(agent && { agent }),
      ...(filters.archived !== "all" && { archived: filters.archived === "true" }),
    }),
  );
  return (
    <>
      <PageHeader
        title="Chats"
        actions={
          <ButtonLink to="/chats/new" tone="primary">
            New chat
          </ButtonLink>
        }
      />
      <ListTools noun="chats" list={list} sorts={SORTS}>
        <Filter
          label="Which chats"
          options={[
            { id: "active", label: "Not archived" },
            { id: "true", label: "Archived" },
            { id: "all", label: "All" },
          ]}
          value={filters.archived}
          onChange={(archived) => list.change({ archived })}
        />
        <AgentFilter value={agent} onChange={(id) => list.change({ agent: id })} />
      </ListTools>
      <EntryList
        noun="chats"
        query={chats}
        narrowed={list.narrowed || agent !== undefined}
        onClear={list.clear}
        empty={<NoChats />}
        row={(chat) => <ChatRow chat={chat} agentName={nameOf(agents, chat.agent)} />}
      />
    </>
  );
}

function ChatRow({ chat, agentName }: { chat: Chat; agentName: string }) {
  const actions = useChatActions(chat, agentName);
  return (
    <>
      <div className="row-main">
        <p className="row-title">
          <Link to={`/chats/${chat.id}`}>{chat.title}</Link>
          {chat.archived && <span className="tag">archived</span>}
        </p>
        <p className="row-meta">
          {agentName} · {formatTime(chat.createdAt)}
        </p>
      </div>
      <div className="row-actions">
        <ActionMenu label={`More for ${chat.title}`} actions={actions} />
      </div>
    </>
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
