import { useEffect, useState } from "react";

/** How long typing has to pause before what was typed is looked for. */
export const PAUSE_MS = 250;

/** A text once it has stayed the same for a while. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
