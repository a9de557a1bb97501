import type { RunSummary } from "../api/runs";
import type { Connection } from "../run/follow";
import { formatCost, formatDuration, formatTokens } from "../run/format";
import { hasEnded, type RunState, type RunView, type Turn } from "../run/view";
import { Answer } from "./Answer";
import { ToolCallRow } from "./ToolCallRow";
import { useFollowScroll } from "./useFollowScroll";

interface Props {
  run: RunSummary;
  view: RunView;
  connection: Connection;
  stopping: boolean;
  onStop(): void;
  onResume(): void;
}

const LABELS: Record<RunState, string> = {
  queued: "Queued",
  running: "Running",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Cancelled",
};

export function RunPanel({ run, view, connection, stopping, onStop, onResume }: Props) {
  const ended = hasEnded(view);
  const lost = !ended && connection === "lost";
  useFollowScroll(!ended, view.seq);
  return (
    <article className="run" aria-label="Run">
      <div className="asked">
        {view.agentName && <p className="asked-whom">To {view.agentName}</p>}
        <p>{run.input}</p>
      </div>
      <div className="run-bar">
        <Status view={view} connection={connection} stopping={stopping} />
        {lost && (
          <button type="button" className="button" onClick={onResume}>
            Reconnect
          </button>
        )}
        {!ended && (
          <button type="button" className="button" disabled={stopping} onClick={onStop}>
            {stopping ? "Stopping…" : "Stop"}
          </button>
        )}
      </div>
      <section aria-label="Answer" aria-live="polite" aria-busy={!ended}>
        {view.turns.map((turn, index) => (
          <TurnView key={turn.turn} turn={turn} growing={!ended && index === view.turns.length - 1} />
        ))}
      </section>
      {view.error && (
        <div className="notice notice-problem" role="alert">
          <p className="notice-title">{view.error.title}</p>
          {view.error.detail && <p>{view.error.detail}</p>}
        </div>
      )}
      {view.state === "completed" && view.stopReason === "max_tokens" && (
        <p className="notice">
          The answer reached the agent's token limit and is cut off. Raise its limit to get more.
        </p>
      )}
      {ended && <Figures view={view} />}
    </article>
  );
}

function statusText(view: RunView, connection: Connection, stopping: boolean): string {
  if (hasEnded(view)) return LABELS[view.state];
  if (connection === "lost") return "Connection lost. The run may go on without this page.";
  if (connection === "reconnecting") return "Reconnecting…";
  if (stopping) return "Stopping…";
  if (view.state === "queued" && view.position !== undefined && view.position > 0) {
    return `Queued, number ${view.position} in line`;
  }
  return LABELS[view.state];
}

function Status(props: { view: RunView; connection: Connection; stopping: boolean }) {
  const { view, connection, stopping } = props;
  const troubled = !hasEnded(view) && (connection === "reconnecting" || connection === "lost");
  return (
    <p className="status" role="status" data-state={troubled ? "troubled" : view.state}>
      {statusText(view, connection, stopping)}
    </p>
  );
}

function TurnView({ turn, growing }: { turn: Turn; growing: boolean }) {
  return (
    <div className="turn">
      {turn.restarted && <p className="notice">This turn was started again. {turn.restarted}</p>}
      {turn.thinking && (
        <details className="step">
          <summary>Thinking</summary>
          <p className="thinking">{turn.thinking}</p>
        </details>
      )}
      {(turn.text || (growing && turn.tools.length === 0)) && <Answer text={turn.text} growing={growing} />}
      {turn.tools.map((call) => (
        <ToolCallRow key={call.id} call={call} />
      ))}
    </div>
  );
}

function Figures({ view }: { view: RunView }) {
  const { usage, costUsd, demo, model, startedAt, endedAt } = view;
  const cost = costUsd === undefined ? undefined : formatCost(costUsd, usage?.final ?? false);
  const duration = startedAt && endedAt ? formatDuration(startedAt, endedAt) : undefined;
  const figures = [
    ["Model", model],
    ["Time", duration],
    ["Tokens", usage && formatTokens(usage)],
    ["Cost", cost && demo ? `${cost}, not charged` : cost],
  ].flatMap(([name, value]) => (name && value ? [{ name, value }] : []));
  return (
    <dl className="figures">
      {figures.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
