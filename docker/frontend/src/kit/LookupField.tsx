import { useState } from "react";
import { ComboBox } from "react-aria-components/ComboBox";
import { ComboParts, type ComboPartsProps } from "./ComboField";
import type { Option } from "./Select";

export interface LookupFieldProps extends ComboPartsProps {
  /** What fits the text, as whoever looks it up says. */
  options: readonly Option[];
  /** What is chosen by now, among the options or not. */
  chosen: Option | undefined;
  onChange(id: string): void;
  /** Told what to look up; nothing typed asks for what there is to begin with. */
  onType(text: string): void;
  onOpen(): void;
  /** How the looking up stands: on its way, failed, more to be found. */
  note: string | undefined;
}

/** One of many, which is looked up by what is typed. Whatever else is typed is taken back when the field is left. */
export function LookupField(props: LookupFieldProps) {
  const { options, chosen, onChange, onType, compact = false } = props;
  const [typed, setTyped] = useState<string>();
  const extra = chosen !== undefined && !options.some(({ id }) => id === chosen.id) ? chosen : undefined;
  const hidesExtra = typed !== undefined;
  const shown = extra && !hidesExtra ? [extra, ...options] : options;

  function type(text: string | undefined) {
    setTyped(text);
    onType(text ?? "");
  }

  return (
    <ComboBox
      className={compact ? "field field-compact" : "field"}
      inputValue={typed ?? chosen?.label ?? ""}
      onInputChange={(text) => type(text === chosen?.label ? undefined : text)}
      value={chosen?.id ?? null}
      onChange={(key) => {
        type(undefined);
        if (key !== null && key !== chosen?.id) onChange(String(key));
      }}
      onOpenChange={(open) => {
        if (open) props.onOpen();
      }}
      // The field takes the chosen one's name back from among its items, so that one has to be there when it is not in sight, too.
      defaultFilter={(label) => !hidesExtra || label !== extra?.label}
      allowsEmptyCollection
      menuTrigger="focus"
      isInvalid={props.error !== undefined}
      isRequired={props.required ?? false}
      isDisabled={props.disabled ?? false}
      validationBehavior="aria"
      {...(compact && { "aria-label": props.label })}
    >
      <ComboParts
        {...props}
        items={extra ? [extra, ...options] : options}
        replaced={typed === undefined}
        nothing={props.note}
        more={shown.length > 0 ? props.note : undefined}
      />
    </ComboBox>
  );
}
