import type { ToolCall } from "../run/view";

function pretty(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function outcome(call: ToolCall): string {
  if (call.result === undefined) return "called";
  return call.result.isError ? "failed" : "returned";
}

export function ToolCallRow({ call }: { call: ToolCall }) {
  return (
    <details className="step">
      <summary>
        Tool <code>{call.name}</code> <span className="muted">{outcome(call)}</span>
      </summary>
      <pre>{pretty(call.input)}</pre>
      {call.result && <pre>{pretty(call.result.content)}</pre>}
    </details>
  );
}
