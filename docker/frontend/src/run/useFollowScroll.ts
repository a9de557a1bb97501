import { useCallback, useEffect, useRef, useState } from "react";

const NEAR_PX = 80;
/** What comes with an end (its figures, what can be done next) comes a moment after it. */
const AFTERGLOW_MS = 2500;

function scrollToEnd(): void {
  window.scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
}

/**
 * Keeps the end of a page in view as it grows, for as long as the reader stays there. `left` tells that they
 * went elsewhere; `toEnd` brings them back.
 */
export function useFollowScroll(growing: boolean): { left: boolean; toEnd(): void } {
  const atEnd = useRef(true);
  const [left, setLeft] = useState(false);

  useEffect(() => {
    const look = () => {
      const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
      atEnd.current = scrollHeight - clientHeight - scrollTop < NEAR_PX;
      setLeft(!atEnd.current);
    };
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, []);

  const [following, setFollowing] = useState(growing);
  useEffect(() => {
    if (growing) setFollowing(true);
    const timer = growing ? undefined : setTimeout(() => setFollowing(false), AFTERGLOW_MS);
    return () => clearTimeout(timer);
  }, [growing]);

  useEffect(() => {
    if (!following) return;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) scrollToEnd();
    });
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [following]);

  const toEnd = useCallback(() => {
    atEnd.current = true;
    setLeft(false);
    scrollToEnd();
  }, []);

  return { left: growing && left, toEnd };
}
