import type { ToolCall } from "../run/view";

function pretty(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function outcome(call: ToolCall): string {
  if (call.result === undefined) return "called";
  return call.result.isError ? "failed" : "returned";
}

function Frame({ value }: { value: unknown }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region, to be reachable by keyboard.
  return <pre tabIndex={0}>{pretty(value)}</pre>;
}

export function ToolCallRow({ call }: { call: ToolCall }) {
  return (
    <details className="step">
      <summary>
        Tool <code>{call.name}</code> <span className="muted">{outcome(call)}</span>
      </summary>
      <Frame value={call.input} />
      {call.result && <Frame value={call.result.content} />}
    </details>
  );
}
