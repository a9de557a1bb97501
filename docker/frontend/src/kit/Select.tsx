import { Button } from "react-aria-components/Button";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Select as AriaSelect, SelectValue } from "react-aria-components/Select";
import { FieldLabel, FieldNotes, type FieldProps } from "./Field";
import { Icon } from "./Icon";

export interface Option<Id extends string = string> {
  id: Id;
  label: string;
  description?: string;
}

export interface SelectProps<Id extends string> extends FieldProps {
  options: readonly Option<Id>[];
  value: Id;
  onChange(value: Id): void;
  /** The label is read out, but not shown: for filters beside a list. */
  compact?: boolean;
}

export function Select<Id extends string>(props: SelectProps<Id>) {
  const { label, options, value, onChange, compact = false } = props;
  return (
    <AriaSelect
      className={compact ? "field field-compact" : "field"}
      value={value}
      onChange={(key) => {
        const chosen = options.find(({ id }) => id === key);
        if (chosen) onChange(chosen.id);
      }}
      isInvalid={props.error !== undefined}
      isDisabled={props.disabled ?? false}
      validationBehavior="aria"
      {...(compact && { "aria-label": label })}
    >
      {!compact && <FieldLabel label={label} required={props.required ?? false} />}
      <Button className="input select-button">
        <SelectValue className="select-value" />
        <Icon name="chevron" />
      </Button>
      <FieldNotes description={props.description} error={props.error} />
      <Popover className="popover">
        <ListBox className="options" items={options}>
          {(option) => (
            <ListBoxItem className="option" textValue={option.label}>
              {option.label}
              {option.description && <span className="option-note">{option.description}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
