import { useMutation } from "@tanstack/react-query";
import { checkMcpServer, type McpServerCheck } from "../../api/mcpServers";
import { toProblem } from "../../api/problem";
import { Button } from "../../kit/Button";
import { formatCount } from "../../kit/format";
import { ProblemNotice } from "../../kit/ProblemNotice";

/** Whether a run could use the server, and which tools it would find. */
export function ConnectionCheck({ id, unsaved }: { id: string; unsaved: boolean }) {
  const check = useMutation({ mutationFn: () => checkMcpServer(id) });
  return (
    <section className="check" aria-label="Connection">
      <div className="check-head">
        <p className="hint">
          {unsaved
            ? "The check looks at what is saved, not at what you have changed."
            : "Connects as a run would, and lists the tools."}
        </p>
        <Button onPress={() => check.mutate()} busy={check.isPending}>
          {check.isPending ? "Checking…" : "Check the connection"}
        </Button>
      </div>
      <div role="status">{check.data && <Outcome outcome={check.data} />}</div>
      {check.isError && <ProblemNotice problem={toProblem(check.error)} />}
    </section>
  );
}

function Outcome({ outcome }: { outcome: McpServerCheck }) {
  const { reachable, server, failure, tools = [], toolsOmitted = 0, tookMs } = outcome;
  if (!reachable) {
    return (
      <div className="notice notice-problem">
        <p className="notice-title">No run could use it now</p>
        {failure && <p>{failure.detail}</p>}
        {failure && <p>{failure.remedy}</p>}
      </div>
    );
  }
  return (
    <div className="notice">
      <p className="notice-good">
        It answers{server && ` as ${server.name} ${server.version}`}, in {formatCount(tookMs)} ms
      </p>
      <p>
        {tools.length === 0
          ? "It offers no tools."
          : `It offers ${formatCount(tools.length + toolsOmitted)} ${tools.length + toolsOmitted === 1 ? "tool" : "tools"}:`}
      </p>
      {tools.length > 0 && (
        <ul className="tools">
          {tools.map(({ name, description, inputSchema }) => (
            <li key={name}>
              <details>
                <summary>
                  <code>{name}</code> <span className="muted">{description}</span>
                </summary>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region, to be reachable by keyboard. */}
                <pre tabIndex={0}>{JSON.stringify(inputSchema, null, 2)}</pre>
              </details>
            </li>
          ))}
        </ul>
      )}
      {toolsOmitted > 0 && <p className="hint">{formatCount(toolsOmitted)} more were left out here.</p>}
    </div>
  );
}
