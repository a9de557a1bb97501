import { Link, useSearchParams } from "react-router";
import { formatCount } from "./format";

export interface PaginationProps {
  page: number;
  pageSize: number;
  total: number;
  /** What is counted, in the plural. */
  noun: string;
}

/** Which part of a list is shown, and the ways on; the page stands in the address. */
export function Pagination({ page, pageSize, total, noun }: PaginationProps) {
  const [search] = useSearchParams();
  const last = Math.max(1, Math.ceil(total / pageSize));
  if (last === 1) return null;
  const to = (target: number) => {
    const next = new URLSearchParams(search);
    if (target === 1) next.delete("page");
    else next.set("page", String(target));
    return { search: next.toString() };
  };
  const first = (page - 1) * pageSize + 1;
  return (
    <nav className="pagination" aria-label={`Pages of ${noun}`}>
      <p role="status">
        {formatCount(first)} to {formatCount(Math.min(page * pageSize, total))} of {formatCount(total)} {noun}
      </p>
      {page > 1 && (
        <Link className="button button-plain" rel="prev" to={to(page - 1)}>
          Previous
        </Link>
      )}
      {page < last && (
        <Link className="button button-plain" rel="next" to={to(page + 1)}>
          Next
        </Link>
      )}
    </nav>
  );
}
