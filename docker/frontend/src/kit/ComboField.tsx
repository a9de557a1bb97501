import { Button } from "react-aria-components/Button";
import { ComboBox } from "react-aria-components/ComboBox";
import { Input } from "react-aria-components/Input";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { FieldLabel, FieldNotes, type FieldProps } from "./Field";
import { Icon } from "./Icon";
import type { Option } from "./Select";

interface ComboParts extends FieldProps {
  placeholder?: string;
  /** Shown where no option fits. */
  nothing?: string;
}

export interface ComboFieldProps extends ComboParts {
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
      <Parts {...props} />
    </ComboBox>
  );
}

export interface MultiComboFieldProps extends ComboParts {
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
      <Parts {...props} />
    </ComboBox>
  );
}

function Parts(props: ComboParts) {
  return (
    <>
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
    </>
  );
}
