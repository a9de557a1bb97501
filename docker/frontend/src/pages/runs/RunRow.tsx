import { Link } from "react-router";
import { isLive, type RunSummary } from "../../api/runs";
import { useIsAdministrator } from "../../app/user";
import { formatTime } from "../../kit/format";
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
    <>
      <div className="row-main">
        <p className="row-title">
          <Link to={`/runs/${run.id}`}>{firstLine(run.input) || "Run"}</Link>
        </p>
        <p className="row-meta">{figures.join(" · ")}</p>
      </div>
      <StateTag state={run.state} />
    </>
  );
}
