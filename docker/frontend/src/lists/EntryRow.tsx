import type { ReactNode } from "react";
import { Link } from "react-router";

interface Props {
  to: string;
  title: string;
  /** Stand behind the title. */
  marks?: ReactNode;
  state?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}

/** An entry in a list: its name, which leads to it, what there is to say of it, and what can be done with it. */
export function EntryRow({ to, title, marks, state, actions, children }: Props) {
  return (
    <>
      <div className="row-main">
        <p className="row-title">
          <Link to={to}>{title}</Link>
          {marks}
        </p>
        {children}
      </div>
      {state}
      {actions && <div className="row-actions">{actions}</div>}
    </>
  );
}
