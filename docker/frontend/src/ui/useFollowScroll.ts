import { useEffect, useRef } from "react";

const NEAR_PX = 80;

/** Keeps the end of a growing page in view for as long as the reader stays there. */
export function useFollowScroll(growing: boolean, progress: number): void {
  const atEnd = useRef(true);

  useEffect(() => {
    const look = () => {
      const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
      atEnd.current = scrollHeight - clientHeight - scrollTop < NEAR_PX;
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, []);

  useEffect(() => {
    if (growing && progress > 0 && atEnd.current) {
      window.scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
    }
  }, [growing, progress]);
}
