import { type RefCallback, useCallback, useState } from "react";

/** An element's width in pixels as it changes; `initial` until it is known. */
export function useWidth<Element extends HTMLElement>(initial: number): [RefCallback<Element>, number] {
  const [width, setWidth] = useState(initial);
  const observe = useCallback((element: Element | null) => {
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [observe, width];
}
