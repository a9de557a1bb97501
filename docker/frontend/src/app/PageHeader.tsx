import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useLocation } from "react-router";
import { titled } from "./title";

export interface PageHeaderProps {
  title: string;
  /** Beside the title: a state, a count. */
  aside?: ReactNode;
  /** What can be done here. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** The key that the router gives to the page that the browser began with. */
const FIRST = "default";

/**
 * A page's heading, one on every page: names the browser's tab, and takes the focus when the page is gone to, so that whoever
 * hears the page hears where they are.
 */
export function PageHeader({ title, aside, actions, children }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname, key } = useLocation();
  const seen = useRef<string>(undefined);

  // Before the focus comes here: whoever hears the page hears its title then.
  useLayoutEffect(() => {
    document.title = titled(title);
  }, [title]);

  useLayoutEffect(() => {
    if (seen.current === pathname) return;
    seen.current = pathname;
    if (key !== FIRST) heading.current?.focus({ preventScroll: true });
  }, [pathname, key]);

  return (
    <header className="page-header">
      <div className="page-title">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </div>
      {actions && <div className="page-actions">{actions}</div>}
      {children && <div className="page-lede">{children}</div>}
    </header>
  );
}
