import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { Link, useParams } from "react-router";
import { toProblem } from "../../api/problem";
import { isLive, RUNS, type RunSummary, runQuery } from "../../api/runs";
import { PageHeader } from "../../app/PageHeader";
import { useIsAdministrator } from "../../app/user";
import { AttachmentList } from "../../compose/AttachmentChips";
import { Button, ButtonLink } from "../../kit/Button";
import { formatTime } from "../../kit/format";
import { Skeleton } from "../../kit/Loading";
import { ProblemNotice } from "../../kit/ProblemNotice";
import { AnswerText } from "../../run/AnswerText";
import { grow, NO_ANSWER } from "../../run/answer";
import { CopyButton } from "../../run/CopyButton";
import { RunNotices } from "../../run/RunNotices";
import { RunOutput } from "../../run/RunOutput";
import { RunFigures, RunStatus } from "../../run/RunStatus";
import { useFollowScroll } from "../../run/useFollowScroll";
import { useRunFeed } from "../../run/useRunFeed";
import { useStop } from "../../run/useStop";
import { answerText, hasEnded, type RunView } from "../../run/view";

/** A run, live or replayed, at an address of its own. */
export function Component() {
  const { id = "" } = useParams();
  const run = useQuery(runQuery(id));
  if (run.isPending) return <Skeleton label="Loading the run…" />;
  if (run.isError) {
    return (
      <>
        <PageHeader title="This run can't be shown" />
        <ProblemNotice problem={toProblem(run.error)} />
      </>
    );
  }
  return (
    <>
      <PageHeader title={`Run of ${run.data.agentName}`} actions={<RunActions run={run.data} />}>
        <Origin run={run.data} />
      </PageHeader>
      <div className="measure">
        <section className="asked" aria-label="Input">
          <h2 className="visually-hidden">Input</h2>
          <AttachmentList files={run.data.attachments ?? []} />
          <p>{run.data.input}</p>
        </section>
        <Followed key={id} run={run.data} />
      </div>
    </>
  );
}

function RunActions({ run }: { run: RunSummary }) {
  return (
    <>
      <ButtonLink to={`/agents/${run.agentId}/run`} state={{ input: run.input }}>
        Run again
      </ButtonLink>
      <ButtonLink to="/runs">All runs</ButtonLink>
    </>
  );
}

function Origin({ run }: { run: RunSummary }) {
  const seesAll = useIsAdministrator();
  return (
    <p>
      {formatTime(run.createdAt)}
      {seesAll && run.userName && `, by ${run.userName}`}
      {", with "}
      <Link to={`/agents/${run.agentId}`}>{run.agentName}</Link>
    </p>
  );
}

function Followed({ run }: { run: RunSummary }) {
  const { view, connection, problem, resume } = useRunFeed(run.id);
  const { stopping, stop } = useStop(run.id);
  const client = useQueryClient();
  const ended = hasEnded(view);
  // A replay is read from its beginning.
  const [live] = useState(() => isLive(run));
  const { left, toEnd } = useFollowScroll(live && !ended);

  useEffect(() => {
    if (ended) void client.invalidateQueries({ queryKey: RUNS });
  }, [ended, client]);

  // Its events are kept for a time only; its answer stays.
  if (problem?.status === 410) return <Kept run={run} />;
  return (
    <>
      <RunStatus view={view} connection={connection} stopping={stopping} onStop={stop} onResume={resume} />
      <section aria-label="Answer">
        <h2 className="visually-hidden">Answer</h2>
        <RunOutput view={view} />
      </section>
      <RunNotices view={view} problem={problem} onResume={resume} />
      <Foot view={view} />
      {left && (
        <Button className="to-end" onPress={toEnd}>
          Go to the latest
        </Button>
      )}
    </>
  );
}

function Foot({ view }: { view: RunView }) {
  const text = answerText(view);
  return (
    <footer className="run-foot">
      <RunFigures view={view} />
      {hasEnded(view) && text !== "" && <CopyButton text={text} what="the answer" />}
    </footer>
  );
}

function Kept({ run }: { run: RunSummary }) {
  const answer = useMemo(() => grow(NO_ANSWER, run.output ?? ""), [run.output]);
  return (
    <>
      <p className="notice">
        The events of this run are kept no longer. This is its answer, without thinking and tools.
      </p>
      <section aria-label="Answer">
        <h2 className="visually-hidden">Answer</h2>
        <AnswerText answer={answer} growing={false} />
      </section>
    </>
  );
}
