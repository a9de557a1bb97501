import { useEffect, useState } from "react";
import { Button } from "../kit/Button";
import { formatCount } from "../kit/format";
import type { Connection } from "./follow";
import { formatCost, formatDuration, formatTokens } from "./format";
import { activityOf, hasEnded, type RunState, type RunView } from "./view";

export const STATE_LABELS: Record<RunState, string> = {
  queued: "Queued",
  running: "Running",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Stopped",
};

const DOING = {
  waiting: "Waiting for the model",
  thinking: "Thinking",
  writing: "Writing",
  "using tools": "Using tools",
} as const;

/** Where the run stands, in a few words that change seldom enough to be read out. */
export function statusText(view: RunView, connection: Connection, stopping: boolean): string {
  if (hasEnded(view)) return STATE_LABELS[view.state];
  if (connection === "lost") return "The connection is lost. The run may go on without this page.";
  if (connection === "reconnecting") return "Reconnecting…";
  if (stopping) return "Stopping…";
  if (view.seq === 0) return "Connecting…";
  if (view.state === "queued") {
    const { position = 0 } = view;
    return position > 0 ? `Queued, number ${formatCount(position)} in line` : "Queued";
  }
  return DOING[activityOf(view)];
}

interface StatusProps {
  view: RunView;
  connection: Connection;
  stopping: boolean;
  onStop(): void;
  onResume(): void;
}

/** The line above an answer: where the run stands, and what can be done about it. */
export function RunStatus({ view, connection, stopping, onStop, onResume }: StatusProps) {
  const ended = hasEnded(view);
  const lost = !ended && connection === "lost";
  const troubled = lost || (!ended && connection === "reconnecting");
  return (
    <div className="run-bar" data-live={!ended}>
      <p className="status" role="status" data-state={troubled ? "troubled" : view.state}>
        {statusText(view, connection, stopping)}
      </p>
      {lost && <Button onPress={onResume}>Reconnect</Button>}
      {!ended && (
        <Button onPress={onStop} busy={stopping}>
          {stopping ? "Stopping…" : "Stop"}
        </Button>
      )}
    </div>
  );
}

/** The time now, once a second for as long as somebody has to know. */
function useNow(ticking: boolean): string {
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(new Date().toISOString()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}

/** What the run took: its time, tokens and cost, counting up while it goes on. */
export function RunFigures({ view }: { view: RunView }) {
  const { usage, costUsd, demo, model, startedAt, endedAt } = view;
  const now = useNow(startedAt !== undefined && endedAt === undefined);
  const cost = costUsd === undefined ? undefined : formatCost(costUsd, usage?.final ?? false);
  const figures = [
    ["Model", model],
    ["Time", startedAt && formatDuration(startedAt, endedAt ?? now)],
    ["Tokens", usage && formatTokens(usage)],
    ["Cost", cost && demo ? `${cost}, not charged` : cost],
  ].flatMap(([name, value]) => (name && value ? [{ name, value }] : []));
  if (figures.length === 0) return null;
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
