import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { FieldLabel, FieldNotes, type FieldProps } from "./Field";
import type { Option } from "./Select";

export interface RadioFieldProps<Id extends string> extends FieldProps {
  options: readonly Option<Id>[];
  value: Id;
  onChange(value: Id): void;
}

/** One of a few, all of them in view. */
export function RadioField<Id extends string>(props: RadioFieldProps<Id>) {
  const { options, value, onChange } = props;
  return (
    <RadioGroup
      className="field"
      value={value}
      onChange={(chosen) => {
        const option = options.find(({ id }) => id === chosen);
        if (option) onChange(option.id);
      }}
      isInvalid={props.error !== undefined}
      isDisabled={props.disabled ?? false}
      validationBehavior="aria"
    >
      <FieldLabel label={props.label} required={props.required ?? false} />
      <div className="radios">
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className="radio">
            {option.label}
          </Radio>
        ))}
      </div>
      <FieldNotes description={props.description} error={props.error} />
    </RadioGroup>
  );
}
