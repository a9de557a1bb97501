import { useRouteError } from "react-router";
import { ProblemError } from "../api/problem";
import { Button } from "../kit/Button";
import { ProblemNotice } from "../kit/ProblemNotice";
import { NotFound } from "./NotFound";
import { PageHeader } from "./PageHeader";

/** A file that the page needs couldn't be had: the server is away, or serves a later release by now. */
function isMissingFile(error: unknown): boolean {
  return error instanceof TypeError && /import|module|fetch/i.test(error.message);
}

/** What stands in a page's place when it broke. */
export function PageError() {
  const error = useRouteError();
  if (error instanceof ProblemError) {
    if (error.problem.status === 404) return <NotFound />;
    return (
      <>
        <PageHeader title="This page can't be shown" />
        <ProblemNotice problem={error.problem} />
        <Reload />
      </>
    );
  }
  if (isMissingFile(error)) {
    return (
      <>
        <PageHeader title="This page could not be loaded">
          <p>The server is away, or was updated since you opened it. Reload to get its present version.</p>
        </PageHeader>
        <Reload />
      </>
    );
  }
  return (
    <>
      <PageHeader title="This page broke">
        <p>
          That is a fault of this program, not of yours. Reload the page; if it breaks again, tell your
          administrator what stands here.
        </p>
      </PageHeader>
      <pre className="fault">{error instanceof Error ? error.message : String(error)}</pre>
      <Reload />
    </>
  );
}

function Reload() {
  return (
    <p className="page-actions">
      <Button tone="primary" onPress={() => window.location.reload()}>
        Reload the page
      </Button>
    </p>
  );
}
