import { useCallback, useEffect, useRef, useState } from "react";

const NEAR_PX = 80;

/**
 * Keeps the end of a growing page in view for as long as the reader stays there. `left` tells that they
 * went elsewhere while it grew; `toEnd` brings them back.
 */
export function useFollowScroll(growing: boolean, progress: number): { left: boolean; toEnd(): void } {
  const atEnd = useRef(true);
  const [left, setLeft] = useState(false);

  useEffect(() => {
    const look = () => {
      const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
      atEnd.current = scrollHeight - clientHeight - scrollTop < NEAR_PX;
      setLeft(!atEnd.current);
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, []);

  useEffect(() => {
    if (!growing || progress === 0) return;
    if (atEnd.current) window.scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
  }, [growing, progress]);

  const toEnd = useCallback(() => {
    atEnd.current = true;
    setLeft(false);
    window.scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
  }, []);

  return { left: growing && left, toEnd };
}
