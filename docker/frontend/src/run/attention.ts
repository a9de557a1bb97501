/** A glance at another tab costs no stream; a longer look away gives the connection back. */
export const GRACE_MS = 10_000;

export interface Surroundings {
  isHidden(): boolean;
  onVisibility(listener: () => void): () => void;
  /** Tells the other tabs of this browser that this one is looked at, and hears them say so. */
  announce(): void;
  onAnnounced(listener: () => void): () => void;
}

export interface Attention {
  onSeen(): void;
  onUnseen(): void;
}

/**
 * Tells when a tab is looked at and when it no longer is. A browser opens six connections an origin over
 * HTTP/1.1, for all its tabs together, so that only tabs in sight may hold one. One that has just gone out
 * of sight keeps its for a moment, but yields at once to another that comes into sight.
 *
 * To share one stream instead, tabs would have to agree on who reads: Web Locks are missing on plain HTTP,
 * and browsers freeze a hidden tab that reads for the others. Resuming costs one request and loses nothing.
 */
export function watchAttention(
  attention: Attention,
  surroundings: Surroundings = browser(),
  graceMs: number = GRACE_MS,
): () => void {
  let seen = false;
  let leaving: ReturnType<typeof setTimeout> | undefined;
  const leave = () => {
    clearTimeout(leaving);
    if (seen) attention.onUnseen();
    seen = false;
  };
  const look = () => {
    clearTimeout(leaving);
    if (surroundings.isHidden()) {
      if (seen) leaving = setTimeout(leave, graceMs);
      return;
    }
    surroundings.announce();
    if (!seen) attention.onSeen();
    seen = true;
  };
  const yieldToOther = () => {
    if (surroundings.isHidden()) leave();
  };
  const stops = [surroundings.onVisibility(look), surroundings.onAnnounced(yieldToOther)];
  look();
  return () => {
    clearTimeout(leaving);
    for (const stop of stops) stop();
  };
}

function browser(): Surroundings {
  const tabs = new BroadcastChannel("attention");
  return {
    isHidden: () => document.hidden,
    onVisibility: (listener) => {
      document.addEventListener("visibilitychange", listener);
      return () => document.removeEventListener("visibilitychange", listener);
    },
    announce: () => tabs.postMessage("looked at"),
    onAnnounced: (listener) => {
      tabs.addEventListener("message", listener);
      return () => tabs.close();
    },
  };
}
