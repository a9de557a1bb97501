import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation, useParams } from "react-router";
import { sendMessage } from "../../api/beginRun";
import { CHATS, type Chat, chatQuery, deleteMessagesFrom, messagesQuery } from "../../api/chats";
import type { Stated } from "../../api/client";
import { toProblem } from "../../api/problem";
import { PageHeader } from "../../app/PageHeader";
import { PageProblem } from "../../app/PageProblem";
import { tell } from "../../app/tell";
import { type Attached, attachedBefore, sourcesOf } from "../../compose/attachments";
import { Composer } from "../../compose/Composer";
import { AttemptKeys } from "../../form/attemptKey";
import { Button, ButtonLink } from "../../kit/Button";
import { Skeleton } from "../../kit/Loading";
import { ActionMenu } from "../../kit/Menu";
import { ProblemNotice } from "../../kit/ProblemNotice";
import { useFollowScroll } from "../../run/useFollowScroll";
import { useAgentName } from "../agents/agentName";
import { ChatSettings } from "./ChatSettings";
import { useChatActions } from "./chatActions";
import { ExchangeView } from "./ExchangeView";
import { type BegunTurn, type Exchange, exchangesOf, inOrder } from "./exchanges";
import "./chats.css";

const CONTINUE = "Continue exactly where you stopped.";
/** An answer is kept a moment after the run has ended. */
const KEPT_SOON_MS = 1000;

/** A conversation, at an address of its own. */
export function Component() {
  const { id = "" } = useParams();
  const chat = useQuery(chatQuery(id));
  if (chat.data) return <Conversation key={id} chat={chat.data} />;
  if (chat.isError) return <PageProblem error={chat.error} noun="chat" retry={() => void chat.refetch()} />;
  return <Skeleton label="Loading the chat…" rows={4} />;
}

/** The turn that the page before this one began. */
function turnOf(state: unknown): BegunTurn | undefined {
  if (typeof state !== "object" || state === null) return undefined;
  const { runId, content } = state as Partial<BegunTurn>;
  return typeof runId === "string" && typeof content === "string" ? { runId, content } : undefined;
}

function Conversation({ chat }: { chat: Stated<Chat> }) {
  const { id, agent, title, archived } = chat.value;
  const agentName = useAgentName(agent);
  return (
    <div className="conversation">
      <PageHeader
        title={title}
        aside={
          <>
            <span className="tag">{agentName}</span>
            {archived && <span className="tag">archived</span>}
          </>
        }
        actions={<ChatMenu chat={chat} agentName={agentName} />}
      />
      <Exchanges chatId={id} agentName={agentName} hasAgent={agent !== undefined} />
    </div>
  );
}

function ChatMenu({ chat, agentName }: { chat: Stated<Chat>; agentName: string }) {
  const [open, setOpen] = useState(false);
  const actions = useChatActions(chat.value, agentName, "/chats");
  return (
    <>
      <ButtonLink to="/chats">All chats</ButtonLink>
      <ActionMenu
        label="More for this chat"
        actions={[
          { id: "settings", label: "Rename and settings", onAction: () => setOpen(true) },
          ...actions,
        ]}
      />
      <ChatSettings chat={chat.value} open={open} onClose={() => setOpen(false)} />
    </>
  );
}

/** What was not taken, and whose place in the chat is gone: it is given back where messages are written. */
interface Draft {
  /** One draft after another is another field. */
  key: number;
  text: string;
  files: readonly Attached[];
}

interface Sending {
  text: string;
  /** The message that is sent again in other words, and with it all after it. */
  from?: string;
}

/** The turns of a chat: those that are kept, and the one that is being made. */
function useTurns(chatId: string) {
  const client = useQueryClient();
  const [turn, setTurn] = useState(turnOf(useLocation().state));
  const [sending, setSending] = useState<Sending>();
  const [draft, setDraft] = useState<Draft>();
  const [endedRun, setEndedRun] = useState<string>();
  const keys = useRef(new AttemptKeys());
  const messages = useInfiniteQuery({
    ...messagesQuery(chatId),
    refetchInterval: ({ state }) => {
      const kept = state.data?.pages[0]?.data.some(
        ({ role, runId }) => role === "assistant" && runId === endedRun,
      );
      return endedRun !== undefined && !kept ? KEPT_SOON_MS : false;
    },
  });
  const exchanges = exchangesOf(inOrder(messages.data?.pages ?? []), turn);
  const refresh = () => client.invalidateQueries({ queryKey: messagesQuery(chatId).queryKey });

  async function send(text: string, files: readonly Attached[], from?: string): Promise<boolean> {
    const attachments = sourcesOf(files);
    setSending({ text, ...(from && { from }) });
    try {
      if (from !== undefined) await deleteMessagesFrom(chatId, from);
      const key = keys.current.for({ text, attachments, after: exchanges.at(-1)?.runId, from });
      const runId = await sendMessage(chatId, text, attachments, key);
      setTurn({ runId, content: text });
      await refresh();
      return true;
    } catch (error) {
      tell("The message was not sent.", error);
      if (from !== undefined) setDraft((before) => ({ key: (before?.key ?? 0) + 1, text, files }));
      await refresh();
      return false;
    } finally {
      setSending(undefined);
    }
  }

  function end(runId: string) {
    setEndedRun(runId);
    void refresh();
    void client.invalidateQueries({ queryKey: [...CHATS, "list"] });
  }

  return { messages, exchanges, sending, draft, send, end };
}

function Exchanges(props: { chatId: string; agentName: string; hasAgent: boolean }) {
  const { chatId, agentName, hasAgent } = props;
  const { messages, exchanges, sending, draft, send, end } = useTurns(chatId);
  const [editing, setEditing] = useState<string>();
  const last = exchanges.at(-1);
  const atWork = last !== undefined && last.answer === undefined;
  const loaded = messages.data !== undefined;

  const { left, toEnd } = useFollowScroll(atWork || sending !== undefined || !loaded);

  // A conversation is taken up at its end, and so is a message that was just sent.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another exchange is a reason to go there
  useEffect(() => {
    if (loaded) toEnd();
  }, [loaded, toEnd, last?.runId]);

  if (messages.isError && !loaded) return <ProblemNotice problem={toProblem(messages.error)} />;
  if (!loaded) return <Skeleton label="Loading what was said…" rows={4} />;

  const again = (exchange: Exchange) => {
    const files = (exchange.question?.attachments ?? []).map(attachedBefore);
    void send(exchange.asked, files, exchange.question?.id);
  };
  const shown = sending?.from
    ? exchanges.slice(
        0,
        exchanges.findIndex(({ question }) => question?.id === sending.from),
      )
    : exchanges;
  return (
    <>
      {messages.hasNextPage && (
        <p className="earlier">
          <Button busy={messages.isFetchingNextPage} onPress={() => void messages.fetchNextPage()}>
            Show earlier messages
          </Button>
        </p>
      )}
      <h2 className="visually-hidden">What was said</h2>
      <ol className="exchanges" aria-label="Messages">
        {shown.map((exchange) => (
          <li key={exchange.runId}>
            <ExchangeView
              exchange={exchange}
              agentName={agentName}
              busy={atWork || sending !== undefined}
              isLast={exchange === last}
              editing={exchange.question !== undefined && editing === exchange.question.id}
              onEdit={setEditing}
              onResend={async (text, files) => {
                const from = exchange.question?.id;
                setEditing(undefined);
                return send(text, files, from);
              }}
              onAgain={() => again(exchange)}
              onContinue={() => void send(CONTINUE, [])}
              onEnd={end}
            />
          </li>
        ))}
        {sending && (
          <li>
            <div className="said">{sending.text}</div>
          </li>
        )}
      </ol>
      {exchanges.length === 0 && !sending && (
        <p className="muted">Nothing was said yet. Write the first message below.</p>
      )}
      <div className="dock">
        {left && (
          <Button className="to-end" onPress={toEnd}>
            Go to the latest
          </Button>
        )}
        <Composer
          key={draft?.key}
          {...(draft && { initialText: draft.text, initialFiles: draft.files })}
          label={`Message to ${agentName}`}
          placeholder={`Write to ${agentName}…`}
          action="Send"
          atWork="Sending…"
          conversational
          autoFocus
          busy={sending !== undefined}
          blocked={blockedBy(hasAgent, atWork)}
          onSend={(text, files) => send(text, files)}
        />
      </div>
    </>
  );
}

function blockedBy(hasAgent: boolean, atWork: boolean): string | undefined {
  if (!hasAgent) return "This chat's agent was deleted. Give the chat another in its settings.";
  return atWork ? "One message at a time: wait for the answer, or stop it." : undefined;
}
