import type { ReactNode } from "react";
import { SearchField } from "../kit/SearchField";
import { Select } from "../kit/Select";
import type { ListControls } from "./listState";

/** Search, filters and order of a list. `children` are filters of another make. */
export function ListTools({ list, children }: { list: ListControls; children?: ReactNode }) {
  const { noun, searchable, sorts, filters } = list.kind;
  return (
    <search className="toolbar" aria-label={`Find ${noun}`}>
      {searchable && (
        <SearchField
          label={`Search ${noun}`}
          value={list.search}
          onSearch={(search) => list.change({ search })}
        />
      )}
      {filters.map(({ name, label, options }) => (
        <Select
          key={name}
          compact
          label={label}
          options={options}
          value={list.filters[name] ?? options[0].id}
          onChange={(id) => list.change({ [name]: id === options[0].id ? undefined : id })}
        />
      ))}
      {children}
      <Select
        compact
        label="Order"
        options={sorts}
        value={list.sort}
        onChange={(sort) => list.change({ sort: sort === sorts[0].id ? undefined : sort })}
      />
    </search>
  );
}
