import { memo, useState } from "react";
import { Button } from "../kit/Button";
import { formatCount } from "../kit/format";
import { PlainText } from "./CodeBlock";
import { CopyButton } from "./CopyButton";
import { formatMillis } from "./format";
import type { ToolCall } from "./view";

const FIRST_CHARACTERS = 4000;
/** Longer texts are shown as they are: to lay them out anew would hold the page up. */
const LONGEST_JSON = 200_000;

/** A text as it is best read: JSON indented, anything else as it is. */
export function readable(text: string): string {
  if (text.length > LONGEST_JSON || !/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function outcomeOf(call: ToolCall, running: boolean): string {
  if (call.result === undefined) return running ? "at work…" : "no answer";
  const took = formatMillis(call.result.durationMs);
  return call.result.isError ? `failed after ${took}` : took;
}

function Excerpt({ title, text }: { title: string; text: string }) {
  const [all, setAll] = useState(false);
  const cut = !all && text.length > FIRST_CHARACTERS;
  return (
    <div className="tool-part">
      <div className="code-head">
        <span>{title}</span>
        <CopyButton text={text} what={title.toLowerCase()} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region, to be reachable by keyboard. */}
      <pre tabIndex={0}>
        <PlainText text={cut ? `${text.slice(0, FIRST_CHARACTERS)}…` : text} />
      </pre>
      {cut && (
        <Button tone="quiet" onPress={() => setAll(true)}>
          Show all {formatCount(text.length)} characters
        </Button>
      )}
    </div>
  );
}

/** A tool's use: its name and outcome, and behind them what it was given and what it answered. */
export const ToolCallCard = memo(function ToolCallCard(props: { call: ToolCall; running: boolean }) {
  const { call, running } = props;
  const [open, setOpen] = useState(false);
  const state =
    call.result === undefined ? (running ? "running" : "none") : call.result.isError ? "failed" : "done";
  return (
    <details className="step tool" data-state={state} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="visually-hidden">Tool </span>
        <code>{call.name}</code> <span className="muted">{outcomeOf(call, running)}</span>
      </summary>
      {open && (
        <>
          <Excerpt title="Input" text={JSON.stringify(call.input, null, 2)} />
          {call.result && (
            <Excerpt title={call.result.isError ? "Error" : "Result"} text={readable(call.result.content)} />
          )}
        </>
      )}
    </details>
  );
});
