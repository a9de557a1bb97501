import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { toProblem } from "../../api/problem";
import { type UsageShare, usageQuery } from "../../api/usage";
import { PageHeader } from "../../app/PageHeader";
import { useIsAdministrator } from "../../app/user";
import { Button, ButtonLink } from "../../kit/Button";
import { EmptyState } from "../../kit/EmptyState";
import { formatCount } from "../../kit/format";
import { Skeleton } from "../../kit/Loading";
import { ProblemNotice } from "../../kit/ProblemNotice";
import { type Option, Select } from "../../kit/Select";
import { BarChart } from "./BarChart";
import { OwnDays } from "./OwnDays";
import { type Choice, chosenPeriod, NAMED_PERIODS, type NamedPeriod } from "./period";
import { bars, formatMeasure, type Measure, type Slice, type Sum, slices, total } from "./summary";

const TIMES: Option<Choice["name"]>[] = [
  ...Object.entries(NAMED_PERIODS).map(([id, { label }]) => ({ id: id as NamedPeriod, label })),
  { id: "own", label: "Own days…" },
];
const MEASURES: Option<Measure>[] = [
  { id: "cost", label: "Cost" },
  { id: "tokens", label: "Tokens" },
  { id: "runs", label: "Runs" },
];

function chosen<Id extends string>(options: readonly Option<Id>[], value: string | null, otherwise: Id): Id {
  return options.find(({ id }) => id === value)?.id ?? otherwise;
}

export function Component() {
  const [address, setAddress] = useSearchParams();
  const { name, period } = chosenPeriod(address, Date.now());
  const measure = chosen(MEASURES, address.get("of"), "cost");
  const usage = useQuery(usageQuery(period.from, period.to));

  const change = (values: Record<string, string>) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [key, value] of Object.entries(values)) next.set(key, value);
        return next;
      },
      { replace: true, preventScrollReset: true },
    );

  // One's own days begin as those that are shown.
  const changeTime = (time: Choice["name"]) => change(time === "own" ? { time, ...period } : { time });

  return (
    <>
      <PageHeader title="Usage">
        <p>What runs took and cost, by days in UTC. Cancelled and failed runs count, too.</p>
      </PageHeader>
      <div className="toolbar">
        <Select compact label="Time" options={TIMES} value={name} onChange={changeTime} />
        <Select
          compact
          label="What is counted"
          options={MEASURES}
          value={measure}
          onChange={(of) => change({ of })}
        />
      </div>
      {name === "own" && <OwnDays period={period} onChange={change} />}
      {usage.isPending && <Skeleton label="Loading the usage…" rows={4} />}
      {usage.isError && (
        <ProblemNotice problem={toProblem(usage.error)}>
          <p>
            <Button onPress={() => void usage.refetch()}>Try again</Button>
          </p>
        </ProblemNotice>
      )}
      {usage.data && (
        <Report
          shares={usage.data.data}
          from={usage.data.meta.from}
          to={usage.data.meta.to}
          measure={measure}
        />
      )}
    </>
  );
}

interface ReportProps {
  shares: readonly UsageShare[];
  from: string;
  to: string;
  measure: Measure;
}

function Report({ shares, from, to, measure }: ReportProps) {
  const seesAll = useIsAdministrator();
  if (shares.length === 0) {
    return (
      <EmptyState
        title="No runs in this time"
        action={<ButtonLink to="/agents">Go to the agents</ButtonLink>}
      >
        Run an agent, and what it takes is summed up here.
      </EmptyState>
    );
  }
  const all = total(shares);
  const overTime = bars(shares, from, to);
  const title = MEASURES.find(({ id }) => id === measure)?.label ?? "";
  return (
    <div className="report">
      <dl className="totals">
        {MEASURES.map(({ id, label }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd>{formatMeasure(all, id)}</dd>
          </div>
        ))}
      </dl>
      {all.unpricedRuns > 0 && (
        <p className="notice">
          {formatCount(all.unpricedRuns)} {all.unpricedRuns === 1 ? "run" : "runs"} went to models whose price
          this installation doesn't know. The cost leaves them out.
        </p>
      )}
      <section aria-label="Over time">
        <h2 className="report-title">{title} over time</h2>
        <BarChart title={`${title} over time`} bars={overTime} measure={measure} />
        <details className="step">
          <summary>The same as a table</summary>
          <SumTable
            caption="Over time"
            first="Day"
            rows={overTime.filter(({ runs }) => runs > 0).toReversed()}
          />
        </details>
      </section>
      <Breakdown
        title="By agent"
        first="Agent"
        measure={measure}
        rows={slices(shares, ({ agentId, agentName }) => ({ id: agentId, label: agentName }), measure)}
      />
      {seesAll && (
        <Breakdown
          title="By user"
          first="User"
          measure={measure}
          rows={slices(
            shares,
            ({ userId, userName }) => ({ id: userId ?? "", label: userName ?? "Before there were users" }),
            measure,
          )}
        />
      )}
    </div>
  );
}

interface BreakdownProps {
  title: string;
  first: string;
  measure: Measure;
  rows: Slice[];
}

function Breakdown({ title, first, measure, rows }: BreakdownProps) {
  const highest = Math.max(0, ...rows.map((row) => row[measure]));
  return (
    <section aria-label={title}>
      <h2 className="report-title">{title}</h2>
      <SumTable
        caption={title}
        first={first}
        rows={rows}
        bar={(row) => (highest > 0 ? row[measure] / highest : 0)}
      />
    </section>
  );
}

interface SumTableProps {
  caption: string;
  first: string;
  rows: readonly (Sum & { id: string; label: string })[];
  /** How much of the largest a row is. */
  bar?(row: Sum): number;
}

function SumTable({ caption, first, rows, bar }: SumTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region, to be reachable by keyboard.
    <div className="table-frame" tabIndex={0}>
      <table className="figures-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            <th scope="col">Runs</th>
            <th scope="col">Tokens</th>
            <th scope="col">Cost</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                {row.label}
                {bar && <Share of={bar(row)} />}
              </th>
              <td>{formatMeasure(row, "runs")}</td>
              <td>{formatMeasure(row, "tokens")}</td>
              <td>{formatMeasure(row, "cost")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Share({ of }: { of: number }) {
  return (
    <svg
      className="share"
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect className="chart-bar" width={Math.max(of * 100, of > 0 ? 1 : 0)} height={4} rx={1} />
    </svg>
  );
}
