import { Button } from "react-aria-components/Button";
import { ComboBox } from "react-aria-components/ComboBox";
import { Input } from "react-aria-components/Input";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { FieldLabel, FieldNotes, type FieldProps } from "./Field";
import { Icon } from "./Icon";
import type { Option } from "./Select";

export interface ComboFieldProps extends FieldProps {
  options: readonly Option[];
  /** What is typed. */
  value: string;
  onChange(value: string): void;
  /** An option was taken; where absent, its id becomes what is typed. */
  onTake?(id: string): void;
  placeholder?: string;
  /** Shown where no option fits. */
  nothing?: string;
  /** The options are narrowed by whoever gives them. */
  filtered?: boolean;
}

/** A text with suggestions: they can be taken, and anything else can be typed. */
export function ComboField(props: ComboFieldProps) {
  const { options, value, onChange, onTake, filtered = false } = props;
  const text = value.trim().toLowerCase();
  const exact = options.some(({ id }) => id === value);
  const items =
    filtered || exact
      ? options
      : options.filter(({ id, label }) => `${id} ${label}`.toLowerCase().includes(text));
  return (
    <ComboBox
      className="field"
      items={items}
      inputValue={value}
      onInputChange={onChange}
      selectedKey={null}
      onSelectionChange={(key) => {
        if (key !== null) (onTake ?? onChange)(String(key));
      }}
      allowsCustomValue
      allowsEmptyCollection={props.nothing !== undefined}
      menuTrigger="focus"
      isInvalid={props.error !== undefined}
      isDisabled={props.disabled ?? false}
      validationBehavior="aria"
    >
      <FieldLabel label={props.label} required={props.required ?? false} />
      <div className="combo">
        <Input className="input" {...(props.placeholder && { placeholder: props.placeholder })} />
        <Button className="combo-button">
          <Icon name="chevron" />
        </Button>
      </div>
      <FieldNotes description={props.description} error={props.error} />
      <Popover className="popover">
        <ListBox className="options" renderEmptyState={() => <p className="options-none">{props.nothing}</p>}>
          {(option: Option) => (
            <ListBoxItem className="option" textValue={option.label}>
              {option.label}
              {option.description && <span className="option-note">{option.description}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
