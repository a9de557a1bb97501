import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Input } from "react-aria-components/Input";
import { SearchField as AriaSearchField } from "react-aria-components/SearchField";
import { Icon } from "./Icon";
import { PAUSE_MS } from "./useSettled";

const LONGEST = 200;

export interface SearchFieldProps {
  label: string;
  value: string;
  /** Told once the typing pauses, and at once on Enter or when it is cleared. */
  onSearch(value: string): void;
}

export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);

  // The address changed by another way, such as the browser's back button.
  useEffect(() => {
    if (value !== told.current) setTyped(value);
    told.current = value;
  }, [value]);

  function tell(text: string) {
    if (text === told.current) return;
    told.current = text;
    onSearch(text);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing begins the wait anew
  useEffect(() => {
    const timer = setTimeout(() => tell(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  return (
    <AriaSearchField
      className="search"
      aria-label={label}
      value={typed}
      onChange={setTyped}
      onSubmit={(text) => tell(text.trim())}
      onClear={() => tell("")}
      maxLength={LONGEST}
    >
      <Icon name="search" />
      <Input className="input search-input" placeholder={label} />
      <Button className="button button-quiet button-icon search-clear" aria-label="Clear the search">
        <Icon name="cross" />
      </Button>
    </AriaSearchField>
  );
}
