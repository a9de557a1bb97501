import { Input } from "react-aria-components/Input";
import { TextArea as AriaTextArea } from "react-aria-components/TextArea";
import { TextField as AriaTextField } from "react-aria-components/TextField";
import { FieldLabel, FieldNotes, type FieldProps } from "./Field";

export interface TextFieldProps extends FieldProps {
  value: string;
  onChange(value: string): void;
  name?: string;
  type?: "text" | "password" | "url" | "email" | "date";
  inputMode?: "text" | "numeric" | "decimal";
  autoComplete?: string;
  placeholder?: string;
  maxLength?: number;
  autoFocus?: boolean;
  /** Program text, ids and the like are set in a fixed pitch. */
  code?: boolean;
}

function shared(props: TextFieldProps) {
  const { error, required = false, disabled = false, name, maxLength, autoComplete } = props;
  return {
    value: props.value,
    onChange: props.onChange,
    isInvalid: error !== undefined,
    isRequired: required,
    isDisabled: disabled,
    validationBehavior: "aria" as const,
    autoFocus: props.autoFocus ?? false,
    ...(name && { name }),
    ...(maxLength && { maxLength }),
    ...(autoComplete && { autoComplete }),
    ...(props.code && { spellCheck: "false", autoCorrect: "off", autoCapitalize: "off" }),
  };
}

export function TextField(props: TextFieldProps) {
  return (
    <AriaTextField
      className="field"
      type={props.type ?? "text"}
      {...shared(props)}
      {...(props.inputMode && { inputMode: props.inputMode })}
    >
      <FieldLabel label={props.label} required={props.required ?? false} />
      <Input
        className={props.code ? "input code" : "input"}
        {...(props.placeholder && { placeholder: props.placeholder })}
      />
      <FieldNotes description={props.description} error={props.error} />
    </AriaTextField>
  );
}

export function TextArea(props: TextFieldProps & { rows?: number }) {
  return (
    <AriaTextField className="field" {...shared(props)}>
      <FieldLabel label={props.label} required={props.required ?? false} />
      <AriaTextArea
        className={props.code ? "input code" : "input"}
        rows={props.rows ?? 3}
        {...(props.placeholder && { placeholder: props.placeholder })}
      />
      <FieldNotes description={props.description} error={props.error} />
    </AriaTextField>
  );
}

/** A number as it is typed: what it means, and whether it is one, is said when the form is read. */
export function NumberField(props: Omit<TextFieldProps, "type" | "inputMode"> & { decimal?: boolean }) {
  const { decimal = false, ...rest } = props;
  return <TextField {...rest} inputMode={decimal ? "decimal" : "numeric"} autoComplete="off" />;
}
