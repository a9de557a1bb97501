import { memo, useState } from "react";
import { AnswerText } from "./AnswerText";
import { PlainText } from "./CodeBlock";
import { formatDuration } from "./format";
import { ToolCallCard } from "./ToolCallCard";
import { activityOf, hasEnded, type RunView, type Thinking, type Turn } from "./view";

function ThinkingNote({ thinking, going }: { thinking: Thinking; going: boolean }) {
  const [open, setOpen] = useState(false);
  const duration = formatDuration(thinking.from, thinking.to);
  return (
    <details
      className="step"
      data-state={going ? "running" : "done"}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{going ? "Thinking…" : `Thought${duration ? ` for ${duration}` : ""}`}</summary>
      {open && (
        <p className="thinking">
          <PlainText text={thinking.text} />
        </p>
      )}
    </details>
  );
}

function Restarts({ reasons }: { reasons: readonly string[] }) {
  if (reasons.length === 0) return null;
  const times = reasons.length === 1 ? "again" : `again, ${reasons.length} times`;
  return (
    <p className="restarts">
      The model was asked {times}. {reasons.at(-1)}
    </p>
  );
}

interface TurnProps {
  turn: Turn;
  /** What it is doing; nothing once it is over. */
  doing: "thinking" | "writing" | "waiting" | "using tools" | undefined;
}

const TurnOutput = memo(function TurnOutput({ turn, doing }: TurnProps) {
  return (
    <div className="turn">
      <Restarts reasons={turn.restarts} />
      {turn.thinking && <ThinkingNote thinking={turn.thinking} going={doing === "thinking"} />}
      {turn.answer.text !== "" && <AnswerText answer={turn.answer} growing={doing === "writing"} />}
      {turn.tools.length > 0 && (
        <div className="tools">
          {turn.tools.map((call) => (
            <ToolCallCard key={call.id} call={call} running={doing !== undefined} />
          ))}
        </div>
      )}
    </div>
  );
});

/** What a run said and did, as far as it has come. */
export function RunOutput({ view }: { view: RunView }) {
  const doing = hasEnded(view) || view.state === "queued" ? undefined : activityOf(view);
  return (
    <>
      {view.turns.map((turn, index) => (
        <TurnOutput key={turn.turn} turn={turn} doing={index === view.turns.length - 1 ? doing : undefined} />
      ))}
      {doing === "waiting" && <div className="answer growing" aria-hidden="true" />}
    </>
  );
}
