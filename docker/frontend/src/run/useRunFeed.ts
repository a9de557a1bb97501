import { useMemo, useSyncExternalStore } from "react";
import { eventsUrl } from "../api/runs";
import { type FeedState, RunFeed } from "./RunFeed";

/** A run as its events tell it, while the component stands; `resume` goes on with a stream that was given up. */
export function useRunFeed(runId: string): FeedState & { resume: () => void } {
  const feed = useMemo(() => new RunFeed(eventsUrl(runId)), [runId]);
  const state = useSyncExternalStore(feed.subscribe, feed.state);
  return { ...state, resume: feed.resume };
}
