import type { FieldErrors } from "../../form/useForm";
import { TextArea } from "../../kit/TextField";
import type { TypedInputs } from "./inputs";

const LONGEST = 20_000;

/** A field for each of a prompt's placeholders. */
export function InputFields(props: {
  placeholders: readonly string[];
  typed: TypedInputs;
  errors: FieldErrors;
  /** Whether each has to be filled in. */
  required?: boolean;
  onChange(typed: TypedInputs): void;
}) {
  const { placeholders, typed, errors, required = false, onChange } = props;
  const fields = placeholders.map((name) => (
    <TextArea
      key={name}
      label={name}
      required={required}
      rows={1}
      maxLength={LONGEST}
      value={typed[name] ?? ""}
      error={errors[name]}
      onChange={(value) => onChange({ ...typed, [name]: value })}
    />
  ));
  return <div className="task-inputs">{fields}</div>;
}
