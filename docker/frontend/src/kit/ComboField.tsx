import type { KeyboardEvent } from "react";
import { Button } from "react-aria-components/Button";
import { ComboBox } from "react-aria-components/ComboBox";
import { Input } from "react-aria-components/Input";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { FieldLabel, FieldNotes, type FieldProps } from "./Field";
import { Icon } from "./Icon";
import type { Option } from "./Select";

export interface ComboPartsProps extends FieldProps {
  placeholder?: string;
  /** Shown where no option fits. */
  nothing?: string | undefined;
  /** The label is read out, but not shown: for filters beside a list. */
  compact?: boolean;
}

export interface ComboFieldProps extends ComboPartsProps {
  options: readonly Option[];
  /** What is typed, or an option's id. */
  value: string;
  onChange(value: string): void;
}

/** A text with suggestions: one can be taken, and anything else can be typed. */
export function ComboField(props: ComboFieldProps) {
  const { options, value, onChange } = props;
  const text = value.trim().toLowerCase();
  const taken = options.find(({ id }) => id === value)?.id ?? null;
  const fitting = options.filter(({ id, label, description = "" }) =>
    `${id} ${label} ${description}`.toLowerCase().includes(text),
  );
  return (
    <ComboBox
      className="field"
      items={taken === null ? fitting : options}
      inputValue={value}
      onInputChange={onChange}
      value={taken}
      onChange={(key) => {
        if (key !== null) onChange(String(key));
      }}
      allowsCustomValue
      allowsEmptyCollection={props.nothing !== undefined}
      menuTrigger="focus"
      isInvalid={props.error !== undefined}
      isDisabled={props.disabled ?? false}
      validationBehavior="aria"
    >
      <ComboParts {...props} />
    </ComboBox>
  );
}

export interface MultiComboFieldProps extends ComboPartsProps {
  /** What fits the text, as whoever looks it up says. */
  options: readonly Option[];
  text: string;
  onType(text: string): void;
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}

/** Several of many, which are looked up by what is typed. */
export function MultiComboField(props: MultiComboFieldProps) {
  const { options, text, onType, chosen, onChange } = props;
  return (
    <ComboBox
      className="field"
      items={options}
      inputValue={text}
      onInputChange={onType}
      selectionMode="multiple"
      value={[...chosen]}
      onChange={(keys) => onChange(keys.map(String))}
      allowsEmptyCollection
      menuTrigger="focus"
      isInvalid={props.error !== undefined}
      isDisabled={props.disabled ?? false}
      validationBehavior="aria"
    >
      <ComboParts {...props} />
    </ComboBox>
  );
}

interface ComboPartsInside extends ComboPartsProps {
  /** Where the combo box itself is not given its items. */
  items?: readonly Option[];
  /** Whether typing begins anew, in place of what stands there. */
  replaced?: boolean;
  /** Stands below the options. */
  more?: string | undefined;
}

/** Escape closes the list, and not the dialog around it as well. */
function keepEscape(event: KeyboardEvent<HTMLInputElement>) {
  if (event.key === "Escape" && event.currentTarget.getAttribute("aria-expanded") === "true")
    event.stopPropagation();
}

/** What each combo box is made of: label, input, the button that opens the list, notes, and the list. */
export function ComboParts(props: ComboPartsInside) {
  return (
    <>
      {!props.compact && <FieldLabel label={props.label} required={props.required ?? false} />}
      <div className="combo">
        <Input
          className="input"
          onClick={(event) => {
            if (props.replaced) event.currentTarget.select();
          }}
          onKeyDown={keepEscape}
          {...(props.placeholder && { placeholder: props.placeholder })}
        />
        <Button className="combo-button">
          <Icon name="chevron" />
        </Button>
      </div>
      <FieldNotes description={props.description} error={props.error} />
      <Popover className="popover">
        <ListBox
          className="options"
          renderEmptyState={() => <p className="options-note">{props.nothing}</p>}
          {...(props.items && { items: props.items })}
        >
          {(option: Option) => (
            <ListBoxItem className="option" textValue={option.label}>
              {option.label}
              {option.description && <span className="option-note">{option.description}</span>}
            </ListBoxItem>
          )}
        </ListBox>
        {props.more && (
          <p className="options-note" role="status">
            {props.more}
          </p>
        )}
      </Popover>
    </>
  );
}
