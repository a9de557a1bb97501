import { useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Option } from "../kit/Select";

const HIGHEST_PAGE = 1_000_000;
const ID = /^[A-Za-z0-9]{1,64}$/;

export interface ListFilter<Name extends string> {
  /** What it is called in the address. */
  name: Name;
  label: string;
  /** The first stands for no filter. */
  options: readonly [Option, ...Option[]];
}

/** What a list is of, and the ways to look at it. */
export interface ListKind<Filter extends string = string> {
  /** What is listed, in the plural. */
  noun: string;
  searchable: boolean;
  /** The first is the one that goes without saying. */
  sorts: readonly [Option, ...Option[]];
  filters: readonly ListFilter<Filter>[];
  /** Whether it can be narrowed to what belongs to one agent. */
  ofAgents: boolean;
}

/** What of a list the address asks for: `?page=2&search=…&sort=name:asc&agent=…` and the list's own filters. */
export interface ListState<Filter extends string> {
  page: number;
  search: string;
  sort: string;
  agent: string | undefined;
  filters: Partial<Record<Filter, string>>;
  /** Whether anything narrows the list. */
  narrowed: boolean;
}

function pageOf(text: string | null): number {
  const page = Number(text ?? "1");
  return Number.isInteger(page) && page >= 1 && page <= HIGHEST_PAGE ? page : 1;
}

/** Reads an address; what makes no sense there counts as not said. */
export function readListState<Filter extends string>(
  address: URLSearchParams,
  kind: ListKind<Filter>,
): ListState<Filter> {
  const sort = address.get("sort");
  const search = kind.searchable ? (address.get("search") ?? "").slice(0, 200) : "";
  const named = address.get("agent") ?? "";
  const agent = kind.ofAgents && ID.test(named) ? named : undefined;
  const filters: Partial<Record<Filter, string>> = {};
  for (const { name, options } of kind.filters) {
    const [, ...narrowing] = options;
    const value = narrowing.find(({ id }) => id === address.get(name));
    if (value) filters[name] = value.id;
  }
  return {
    page: pageOf(address.get("page")),
    search,
    sort: (kind.sorts.find(({ id }) => id === sort) ?? kind.sorts[0]).id,
    agent,
    filters,
    narrowed: search !== "" || agent !== undefined || Object.keys(filters).length > 0,
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

export interface ListControls<Filter extends string = string> extends ListState<Filter> {
  kind: ListKind<Filter>;
  /** The part of what is asked of the service that all searchable lists have alike. */
  asked: { page: number; sort: string; search?: string };
  change(changes: Readonly<Record<string, string | undefined>>): void;
  clear(): void;
}

/** A list's state, kept in the address, so that it can be gone back to, kept and shared. */
export function useListState<Filter extends string>(kind: ListKind<Filter>): ListControls<Filter> {
  const [address, setAddress] = useSearchParams();
  const state = useMemo(() => readListState(address, kind), [address, kind]);
  const { page, sort, search } = state;
  return {
    ...state,
    kind,
    asked: { page, sort, ...(search && { search }) },
    change: (changes) =>
      setAddress((before) => changedAddress(before, changes), { replace: true, preventScrollReset: true }),
    clear: () => setAddress({}, { replace: true }),
  };
}
