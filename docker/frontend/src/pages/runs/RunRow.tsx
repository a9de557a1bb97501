import { isLive, type RunSummary } from "../../api/runs";
import { useIsAdministrator } from "../../app/user";
import { formatTime } from "../../kit/format";
import { EntryRow } from "../../lists/EntryRow";
import { formatCost, formatDuration, formatTokens } from "../../run/format";
import { STATE_LABELS } from "../../run/RunStatus";

export function StateTag({ state }: { state: RunSummary["state"] }) {
  return (
    <span className="tag state-tag" data-state={state}>
      {STATE_LABELS[state]}
    </span>
  );
}

function firstLine(input: string): string {
  return input.trim().split("\n", 1)[0] ?? "";
}

/** A run in a list: what was asked, where it stands, what it took. */
export function RunRow({ run, ofAgent = true }: { run: RunSummary; ofAgent?: boolean }) {
  const seesAll = useIsAdministrator();
  const { usage, costUsd, startedAt, endedAt } = run;
  const figures = [
    ofAgent && run.agentName,
    formatTime(run.createdAt),
    seesAll && run.userName && `by ${run.userName}`,
    !isLive(run) && startedAt && endedAt && formatDuration(startedAt, endedAt),
    usage && formatTokens(usage),
    costUsd !== undefined && formatCost(costUsd, usage?.final ?? false),
  ].filter(Boolean);
  return (
    <EntryRow
      to={`/runs/${run.id}`}
      title={firstLine(run.input) || "Run"}
      state={<StateTag state={run.state} />}
    >
      <p className="row-meta">{figures.join(" · ")}</p>
    </EntryRow>
  );
}
