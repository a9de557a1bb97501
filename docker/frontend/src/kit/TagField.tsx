import { type KeyboardEvent, useState } from "react";
import { Input } from "react-aria-components/Input";
import { TextField as AriaTextField } from "react-aria-components/TextField";
import { Button, IconButton } from "./Button";
import { FieldLabel, FieldNotes, type FieldProps } from "./Field";
import { Icon } from "./Icon";

export interface TagFieldProps extends FieldProps {
  value: readonly string[];
  onChange(values: string[]): void;
  placeholder?: string;
  maxLength?: number;
}

/** Several texts: each typed and added with Enter, and shown with a way to remove it. */
export function TagField(props: TagFieldProps) {
  const { label, value, onChange, disabled = false } = props;
  const [typed, setTyped] = useState("");

  function add() {
    if (typed === "") return;
    if (!value.includes(typed)) onChange([...value, typed]);
    setTyped("");
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    // Enter adds a text; it doesn't send the form.
    event.preventDefault();
    add();
  }

  return (
    <div className="tag-field">
      <AriaTextField
        className="field"
        value={typed}
        onChange={setTyped}
        onBlur={add}
        onKeyDown={onKeyDown}
        isInvalid={props.error !== undefined}
        isDisabled={disabled}
        validationBehavior="aria"
        maxLength={props.maxLength ?? 200}
        spellCheck="false"
      >
        <FieldLabel label={label} />
        <div className="input-row">
          <Input className="input code" {...(props.placeholder && { placeholder: props.placeholder })} />
          <Button disabled={disabled || typed === ""} onPress={add} label={`Add to: ${label}`}>
            Add
          </Button>
        </div>
        <FieldNotes description={props.description} error={props.error} />
      </AriaTextField>
      <ChosenList
        label={label}
        chosen={value.map((text) => ({ id: text, name: text }))}
        code
        disabled={disabled}
        onRemove={(id) => onChange(value.filter((text) => text !== id))}
      />
    </div>
  );
}

export interface ChosenEntry {
  id: string;
  name: string;
}

interface ChosenListProps {
  label: string;
  chosen: readonly ChosenEntry[];
  onRemove(id: string): void;
  disabled?: boolean;
  code?: boolean;
}

/** What a field has by now. */
export function ChosenList({ label, chosen, onRemove, disabled = false, code = false }: ChosenListProps) {
  if (chosen.length === 0) return null;
  return (
    <ul className="chosen" aria-label={label}>
      {chosen.map(({ id, name }) => (
        <li key={id} className={code ? "chosen-entry code" : "chosen-entry"}>
          <span>{visible(name)}</span>
          {!disabled && (
            <IconButton label={`Remove ${name}`} onPress={() => onRemove(id)}>
              <Icon name="cross" />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Line breaks and blanks at the edges count, so they are seen. */
function visible(text: string): string {
  return text.replaceAll("\n", "↵").replaceAll(/^ | $/g, "␣");
}
