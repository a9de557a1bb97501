import type { ReactNode } from "react";
import type { Problem } from "../api/problem";
import { Button } from "../kit/Button";
import { ProblemNotice } from "../kit/ProblemNotice";
import type { RunError } from "./events";
import { remedyFor } from "./remedy";
import type { RunView } from "./view";

const CUT: Record<string, string> = {
  max_tokens: "The answer reached the agent's token limit and is cut off. Raise the limit, or let it go on.",
  model_context_window_exceeded: "The conversation is longer than the model can hold. Begin a new one.",
  refusal: "The model declined to answer this.",
};

/** A failed run's reason, and the one thing to do next. */
export function RunFailure({ error, children }: { error: RunError; children?: ReactNode }) {
  return (
    <ProblemNotice problem={{ title: error.title, detail: error.detail }}>
      <p>{remedyFor(error)}</p>
      {children}
    </ProblemNotice>
  );
}

/** All that the reader should know beside the answer: why it failed, is cut, or can't be followed. */
export function RunNotices(props: { view: RunView; problem?: Problem | undefined; onResume(): void }) {
  const { view, problem, onResume } = props;
  const cut = view.state === "completed" && view.stopReason ? CUT[view.stopReason] : undefined;
  return (
    <>
      {view.error && <RunFailure error={view.error} />}
      {cut && <p className="notice">{cut}</p>}
      {problem && (
        <ProblemNotice problem={problem}>
          <p>
            <Button onPress={onResume}>Try again</Button>
          </p>
        </ProblemNotice>
      )}
    </>
  );
}
