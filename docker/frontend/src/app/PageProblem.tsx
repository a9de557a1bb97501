import { toProblem } from "../api/problem";
import { Button } from "../kit/Button";
import { ProblemNotice } from "../kit/ProblemNotice";
import { Reach } from "../lists/Reach";
import { NotFound } from "./NotFound";
import { PageHeader } from "./PageHeader";

/** Stands in the place of a page whose entry can't be had. */
export function PageProblem({ error, noun, retry }: { error: unknown; noun: string; retry(): void }) {
  const problem = toProblem(error);
  if (problem.status === 404) return <NotFound />;
  return (
    <>
      <PageHeader title={`This ${noun} can't be shown`} />
      <ProblemNotice problem={problem}>
        <Reach />
        <p>
          <Button onPress={retry}>Try again</Button>
        </p>
      </ProblemNotice>
    </>
  );
}
