import { memo, useEffect, useMemo, useState } from "react";
import { Link } from "react-router";
import type { ChatMessage } from "../../api/chats";
import { AttachmentList } from "../../compose/AttachmentChips";
import { type Attached, attachedBefore } from "../../compose/attachments";
import { Composer } from "../../compose/Composer";
import { Button } from "../../kit/Button";
import { AnswerText } from "../../run/AnswerText";
import { grow, NO_ANSWER } from "../../run/answer";
import { CopyButton } from "../../run/CopyButton";
import type { Usage } from "../../run/events";
import { formatCost, formatTokens } from "../../run/format";
import { RunNotices } from "../../run/RunNotices";
import { RunOutput } from "../../run/RunOutput";
import { RunFigures, RunStatus } from "../../run/RunStatus";
import { useRunFeed } from "../../run/useRunFeed";
import { useStop } from "../../run/useStop";
import { answerText, hasEnded, type RunState } from "../../run/view";
import type { Exchange } from "./exchanges";

export interface ExchangeProps {
  exchange: Exchange;
  agentName: string;
  /** A turn is at work, so that nothing can be changed. */
  busy: boolean;
  isLast: boolean;
  editing: boolean;
  onEdit(messageId: string | undefined): void;
  onResend(text: string, files: readonly Attached[]): Promise<boolean>;
  onAgain(): void;
  onContinue(): void;
  onEnd(runId: string): void;
}

/** What was asked and what was answered, or is being answered. */
export function ExchangeView(props: ExchangeProps) {
  const { exchange, agentName, busy, isLast } = props;
  const { answer, runId } = exchange;
  // Who followed the answer keeps what they saw of it, its thinking and tools included.
  const [followed] = useState(answer === undefined);
  const [cut, setCut] = useState(false);
  const ended = answer?.outcome;
  const broken = ended === "cancelled" || ended === "failed";
  return (
    <article className="exchange" aria-label={`Exchange with ${agentName}`}>
      <Question {...props} />
      <div className="answered">
        {followed ? (
          <LiveAnswer
            runId={runId}
            onEnd={(stopReason) => {
              setCut(stopReason === "max_tokens");
              props.onEnd(runId);
            }}
          />
        ) : (
          answer && <StoredAnswer answer={answer} />
        )}
        {isLast && !busy && (broken || cut) && (
          <p className="answer-actions">
            {(cut || answer?.content.trim()) && <Button onPress={props.onContinue}>Continue</Button>}
            {broken && exchange.question && <Button onPress={props.onAgain}>Ask again</Button>}
          </p>
        )}
      </div>
    </article>
  );
}

function Question(props: ExchangeProps) {
  const { exchange, busy, isLast, editing, onEdit, onResend } = props;
  const { question, asked } = exchange;
  const files = question?.attachments ?? [];
  if (editing) {
    return (
      <div className="edit">
        {!isLast && <p className="hint">Sending it deletes what was said after it.</p>}
        <Composer
          label="Message in other words"
          placeholder="Write it anew…"
          action="Send"
          atWork="Sending…"
          conversational
          autoFocus
          busy={false}
          initialText={asked}
          initialFiles={files.map(attachedBefore)}
          onCancel={() => onEdit(undefined)}
          onSend={onResend}
        />
      </div>
    );
  }
  if (asked === "") return null;
  return (
    <div className="question">
      <div className="said">
        <AttachmentList files={files} />
        {asked}
      </div>
      <div className="said-actions">
        <CopyButton text={asked} what="your message" />
        {question && !busy && (
          <button type="button" className="copy" onClick={() => onEdit(question.id)}>
            Edit<span className="visually-hidden"> your message</span>
          </button>
        )}
      </div>
    </div>
  );
}

const OUTCOMES: Partial<Record<RunState, string>> = {
  cancelled: "This answer was stopped before its end.",
  failed: "This answer failed before its end.",
};

function OutcomeMark({ outcome }: { outcome: RunState }) {
  const mark = OUTCOMES[outcome];
  return (
    mark && (
      <p className="answer-mark" data-outcome={outcome}>
        {mark}
      </p>
    )
  );
}

interface FootProps {
  runId: string;
  text: string;
  usage?: Usage | undefined;
  costUsd?: number | undefined;
}

function AnswerFoot({ runId, text, usage, costUsd }: FootProps) {
  return (
    <p className="answer-foot">
      {text.trim() !== "" && <CopyButton text={text} what="this answer" />}
      <Link to={`/runs/${runId}`}>Its run</Link>
      {usage && <span>{formatTokens(usage)}</span>}
      {costUsd !== undefined && <span>{formatCost(costUsd, usage?.final ?? false)}</span>}
    </p>
  );
}

const StoredAnswer = memo(function StoredAnswer({ answer }: { answer: ChatMessage }) {
  const { content, outcome = "completed", usage, runId } = answer;
  const text = useMemo(() => grow(NO_ANSWER, content), [content]);
  return (
    <>
      {content.trim() !== "" && <AnswerText answer={text} growing={false} />}
      <OutcomeMark outcome={outcome} />
      <AnswerFoot runId={runId} text={content} usage={usage} />
    </>
  );
});

function LiveAnswer({ runId, onEnd }: { runId: string; onEnd(stopReason: string | undefined): void }) {
  const { view, connection, problem, resume } = useRunFeed(runId);
  const { stopping, stop } = useStop(runId);
  const ended = hasEnded(view);

  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, at the end
  useEffect(() => {
    if (ended) onEnd(view.stopReason);
  }, [ended]);

  return (
    <>
      <div className={ended ? "visually-hidden" : "live-status"}>
        <RunStatus view={view} connection={connection} stopping={stopping} onStop={stop} onResume={resume} />
      </div>
      <RunOutput view={view} />
      <RunNotices view={view} problem={problem} onResume={resume} />
      {ended ? (
        <>
          <OutcomeMark outcome={view.state} />
          <AnswerFoot runId={runId} text={answerText(view)} usage={view.usage} costUsd={view.costUsd} />
        </>
      ) : (
        <RunFigures view={view} />
      )}
    </>
  );
}
