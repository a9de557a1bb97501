import { useEffect, useState } from "react";

const SHOWN_MS = 2000;

/** Off localhost, and without HTTPS, browsers have no clipboard API. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!done) throw new Error("The browser refused to copy");
}

type Outcome = "copied" | "refused";

const LABELS: Record<Outcome, string> = {
  copied: "Copied",
  refused: "Select it and press Ctrl+C",
};

/** Copies a text; says for a moment that it did. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <button
      type="button"
      className="copy"
      onClick={() =>
        copyText(text).then(
          () => setOutcome("copied"),
          () => setOutcome("refused"),
        )
      }
    >
      <span aria-live="polite">
        {outcome ? LABELS[outcome] : "Copy"}
        {outcome === undefined && <span className="visually-hidden"> {what}</span>}
      </span>
    </button>
  );
}
