import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { PageHeader } from "../app/PageHeader";
import { EntryList, type Page } from "./EntryList";
import { ListTools } from "./ListTools";
import type { ListControls } from "./listState";

interface Props<Entry> {
  title: string;
  /** Stands below the title. */
  about?: ReactNode;
  actions: ReactNode;
  list: ListControls;
  query: UseQueryResult<Page<Entry>>;
  /** Filters beside those that the list's kind names. */
  filters?: ReactNode;
  /** Stands there where there are none at all. */
  empty: ReactNode;
  row(entry: Entry): ReactNode;
}

/** A page that is a list: what it is called, the ways to look at it, and its entries. */
export function ListPage<Entry extends { id: string }>(props: Props<Entry>) {
  const { title, about, actions, list, query, filters, empty, row } = props;
  return (
    <>
      <PageHeader title={title} actions={actions}>
        {about}
      </PageHeader>
      <ListTools list={list}>{filters}</ListTools>
      <EntryList
        noun={list.kind.noun}
        query={query}
        narrowed={list.narrowed}
        onClear={list.clear}
        empty={empty}
        row={row}
      />
    </>
  );
}
