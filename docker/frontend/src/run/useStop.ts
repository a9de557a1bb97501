import { useMutation } from "@tanstack/react-query";
import { ProblemError, toProblem } from "../api/problem";
import { cancelRun } from "../api/runs";
import { toasts } from "../kit/toasts";

/** Stops a run. Whether it has ended is told by its events; until then it is being stopped. */
export function useStop(runId: string): { stopping: boolean; stop(): void } {
  const cancel = useMutation({
    mutationFn: () => cancelRun(runId),
    onError: (error) => {
      // It ended meanwhile, which its events tell.
      if (error instanceof ProblemError && error.problem.status === 409) return;
      const { title, detail } = toProblem(error);
      toasts.show(`The run goes on: it could not be stopped. ${detail ?? title}`, { tone: "problem" });
    },
  });
  return { stopping: cancel.isPending || cancel.isSuccess, stop: () => cancel.mutate() };
}
