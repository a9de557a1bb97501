import { type FormEvent, type KeyboardEvent, useId, useState } from "react";

interface Props {
  agentName: string;
  /** Why nothing can be run just now; absent when it can. */
  blocked?: string;
  starting: boolean;
  onRun(input: string): Promise<boolean>;
}

export function Composer({ agentName, blocked, starting, onRun }: Props) {
  const [input, setInput] = useState("");
  const field = useId();
  const hint = useId();
  const ready = input.trim() !== "" && blocked === undefined && !starting;

  async function submit(event?: FormEvent) {
    event?.preventDefault();
    if (ready && (await onRun(input.trim()))) setInput("");
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      void submit();
    }
  }

  return (
    <form className="composer" onSubmit={submit}>
      <label className="visually-hidden" htmlFor={field}>
        Input for {agentName}
      </label>
      <textarea
        id={field}
        rows={3}
        value={input}
        placeholder={`Ask ${agentName}…`}
        aria-describedby={hint}
        onChange={(event) => setInput(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="composer-foot">
        <p id={hint} className="hint">
          {blocked ?? (
            <span className="shortcut">
              <kbd>Ctrl</kbd> <kbd>Enter</kbd> runs it
            </span>
          )}
        </p>
        <button type="submit" className="button button-primary" disabled={!ready}>
          {starting ? "Starting…" : "Run"}
        </button>
      </div>
    </form>
  );
}
