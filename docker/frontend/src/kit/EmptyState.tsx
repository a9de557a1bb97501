import type { ReactNode } from "react";

/** Stands where a list has nothing to show: what it would hold, and what to do first. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="empty">
      <h2 className="empty-title">{title}</h2>
      <div className="empty-text">{children}</div>
      {action && <div className="empty-actions">{action}</div>}
    </div>
  );
}
