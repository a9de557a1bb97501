import { useMemo } from "react";
import { useSearchParams } from "react-router";

const HIGHEST_PAGE = 1_000_000;

/** What of a list the address asks for: `?page=2&search=…&sort=name:asc` and the list's own filters. */
export interface ListState<Filter extends string> {
  page: number;
  search: string;
  sort: string;
  filters: Partial<Record<Filter, string>>;
  /** Whether anything narrows the list. */
  narrowed: boolean;
}

export interface ListOptions<Filter extends string> {
  /** The first is the one that goes without saying. */
  sorts: readonly string[];
  filters: Readonly<Record<Filter, readonly string[]>>;
}

function pageOf(text: string | null): number {
  const page = Number(text ?? "1");
  return Number.isInteger(page) && page >= 1 && page <= HIGHEST_PAGE ? page : 1;
}

/** Reads an address; what makes no sense there counts as not said. */
export function readListState<Filter extends string>(
  address: URLSearchParams,
  options: ListOptions<Filter>,
): ListState<Filter> {
  const sort = address.get("sort") ?? "";
  const search = (address.get("search") ?? "").slice(0, 200);
  const filters: Partial<Record<Filter, string>> = {};
  for (const name of Object.keys(options.filters) as Filter[]) {
    const value = address.get(name);
    if (value !== null && options.filters[name].includes(value)) filters[name] = value;
  }
  return {
    page: pageOf(address.get("page")),
    search,
    sort: options.sorts.includes(sort) ? sort : (options.sorts[0] ?? ""),
    filters,
    narrowed: search !== "" || Object.keys(filters).length > 0,
  };
}

/** The address after a change; another search, order or filter begins at the first page. */
export function changedAddress(
  address: URLSearchParams,
  changes: Readonly<Record<string, string | undefined>>,
): URLSearchParams {
  const next = new URLSearchParams(address);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === "") next.delete(name);
    else next.set(name, value);
  }
  if (!("page" in changes)) next.delete("page");
  return next;
}

export interface ListControls<Filter extends string> extends ListState<Filter> {
  change(changes: Readonly<Record<string, string | undefined>>): void;
  clear(): void;
}

/** A list's state, kept in the address, so that it can be gone back to, kept and shared. */
export function useListState<Filter extends string>(options: ListOptions<Filter>): ListControls<Filter> {
  const [address, setAddress] = useSearchParams();
  const state = useMemo(() => readListState(address, options), [address, options]);
  return {
    ...state,
    change: (changes) =>
      setAddress((before) => changedAddress(before, changes), { replace: true, preventScrollReset: true }),
    clear: () => setAddress({}, { replace: true }),
  };
}
