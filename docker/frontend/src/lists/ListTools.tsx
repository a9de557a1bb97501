import type { ReactNode } from "react";
import { SearchField } from "../kit/SearchField";
import { type Option, Select } from "../kit/Select";
import type { ListControls } from "./listState";

interface Props {
  noun: string;
  list: ListControls<string>;
  sorts: readonly Option[];
  children?: ReactNode;
}

/** Search, filters and order of a list. */
export function ListTools({ noun, list, sorts, children }: Props) {
  return (
    <search className="toolbar" aria-label={`Find ${noun}`}>
      <SearchField
        label={`Search ${noun}`}
        value={list.search}
        onSearch={(search) => list.change({ search })}
      />
      {children}
      <Select
        compact
        label="Order"
        options={sorts}
        value={list.sort}
        onChange={(sort) => list.change({ sort: sort === sorts[0]?.id ? undefined : sort })}
      />
    </search>
  );
}

interface FilterProps {
  label: string;
  /** The first stands for no filter. */
  options: readonly [Option, ...Option[]];
  value: string | undefined;
  onChange(value: string | undefined): void;
}

export function Filter({ label, options, value, onChange }: FilterProps) {
  const [all] = options;
  return (
    <Select
      compact
      label={label}
      options={options}
      value={value ?? all.id}
      onChange={(id) => onChange(id === all.id ? undefined : id)}
    />
  );
}
