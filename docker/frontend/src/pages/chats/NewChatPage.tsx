import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { agentQuery, agentsByName } from "../../api/agents";
import { sendMessage } from "../../api/beginRun";
import { createChat, type NewChat } from "../../api/chats";
import { type Problem, toProblem } from "../../api/problem";
import { PageHeader } from "../../app/PageHeader";
import { PageProblem } from "../../app/PageProblem";
import { type Attached, sourcesOf } from "../../compose/attachments";
import { Composer } from "../../compose/Composer";
import { AttemptKeys } from "../../form/attemptKey";
import { byField } from "../../form/useForm";
import { ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { Skeleton } from "../../kit/Loading";
import { ProblemNotice } from "../../kit/ProblemNotice";
import { ChatAgentField, type ChatChoices, InstructionFields } from "./ChatFields";
import { titleOf } from "./exchanges";
import "./chats.css";

const FIELDS = ["agent", "skills", "customSystemPrompt"];

/** Where a chat begins: with whom, and with what. */
export function Component() {
  const id = useSearchParams()[0].get("agent") ?? "";
  const wanted = useQuery({ ...agentQuery(id), enabled: id !== "" });
  const agents = useQuery(agentsByName());
  if (wanted.isLoading || agents.isPending) return <Skeleton label="Loading the agents…" />;
  if (agents.data === undefined) {
    return <PageProblem error={agents.error} noun="page" retry={() => void agents.refetch()} />;
  }
  const { data } = agents.data;
  const first = wanted.data?.value ?? data.find(({ enabled }) => enabled) ?? data[0];
  return (
    <>
      <PageHeader title="New chat" />
      {first ? <BeginChat agent={first.id} /> : <NoAgent />}
    </>
  );
}

function NoAgent() {
  return (
    <EmptyState
      title="Nobody to talk to yet"
      action={
        <ButtonLink to="/agents" tone="primary">
          Make an agent
        </ButtonLink>
      }
    >
      <p>A chat needs an agent. Make one first; it takes a minute.</p>
    </EmptyState>
  );
}

function chatOf(choices: ChatChoices, text: string): NewChat {
  const { agent, skills, customSystemPrompt } = choices;
  return {
    title: titleOf(text),
    agent,
    ...(skills.length > 0 && { skills }),
    ...(customSystemPrompt.trim() && { customSystemPrompt: customSystemPrompt.trim() }),
  };
}

function BeginChat({ agent }: { agent: string }) {
  const [choices, setChoices] = useState<ChatChoices>({ agent, skills: [], customSystemPrompt: "" });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const chatKeys = useRef(new AttemptKeys());
  const messageKeys = useRef(new AttemptKeys());
  const navigate = useNavigate();
  const refused = problem && byField(problem, FIELDS);

  async function begin(text: string, files: readonly Attached[]): Promise<boolean> {
    const attachments = sourcesOf(files);
    setBusy(true);
    setProblem(undefined);
    try {
      const chat = chatOf(choices, text);
      // The same chat again makes no second one: its key is the same.
      const { value } = await createChat(chat, chatKeys.current.for(chat));
      const key = messageKeys.current.for({ chat: value.id, text, attachments });
      const runId = await sendMessage(value.id, text, attachments, key);
      await navigate(`/chats/${value.id}`, { replace: true, state: { runId, content: text } });
      return true;
    } catch (error) {
      setProblem(toProblem(error));
      setBusy(false);
      return false;
    }
  }

  const shared = { choices, errors: refused?.errors ?? {}, onChange: setChoices };
  return (
    <div className="new-chat">
      <ChatAgentField {...shared} />
      <details className="more">
        <summary>Skills and instructions for this chat alone</summary>
        <div className="more-fields">
          <InstructionFields {...shared} />
        </div>
      </details>
      <Composer
        label="First message"
        placeholder="What is it about?"
        action="Begin"
        atWork="Beginning…"
        conversational
        autoFocus
        busy={busy}
        onSend={begin}
      />
      {refused && <ProblemNotice problem={refused.rest} />}
    </div>
  );
}
