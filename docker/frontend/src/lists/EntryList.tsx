import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { toProblem } from "../api/problem";
import { Button } from "../kit/Button";
import { EmptyState } from "../kit/EmptyState";
import { Skeleton } from "../kit/Loading";
import { Pagination } from "../kit/Pagination";
import { ProblemNotice } from "../kit/ProblemNotice";
import { useDeleted } from "./deletions";
import { Reach } from "./Reach";

export interface Page<Entry> {
  data: Entry[];
  meta: { page: number; pageSize: number; total: number };
}

interface Props<Entry> {
  /** What is listed, in the plural. */
  noun: string;
  query: UseQueryResult<Page<Entry>>;
  /** Whether a search or filter narrows the list. */
  narrowed: boolean;
  onClear(): void;
  /** Stands there where there are none at all. */
  empty: ReactNode;
  row(entry: Entry): ReactNode;
}

/** A page of a list in each of its states: on its way, failed, nothing there, nothing found, and there. */
export function EntryList<Entry extends { id: string }>(props: Props<Entry>) {
  const { noun, query, narrowed, onClear } = props;
  const deleted = useDeleted();
  if (query.isPending) return <Skeleton label={`Loading the ${noun}…`} rows={5} />;
  if (query.data === undefined) {
    return (
      <ProblemNotice problem={toProblem(query.error)}>
        <Reach />
        <p>
          <Button onPress={() => void query.refetch()} busy={query.isFetching}>
            Try again
          </Button>
        </p>
      </ProblemNotice>
    );
  }
  const { data, meta } = query.data;
  const shown = data.filter(({ id }) => !deleted.has(id));
  if (shown.length === 0 && meta.page === 1 && !narrowed && meta.total <= data.length) return props.empty;
  return (
    <div aria-busy={query.isPlaceholderData}>
      {query.isError && <ProblemNotice problem={toProblem(query.error)} />}
      {shown.length === 0 ? (
        <EmptyState title={`No ${noun} here`} action={<Button onPress={onClear}>Show all {noun}</Button>}>
          {narrowed ? "Nothing fits the search and filters." : "This page of the list is empty."}
        </EmptyState>
      ) : (
        <ul className="rows" aria-label={noun}>
          {shown.map((entry) => (
            <li key={entry.id} className="row">
              {props.row(entry)}
            </li>
          ))}
        </ul>
      )}
      <Pagination {...meta} noun={noun} />
    </div>
  );
}
