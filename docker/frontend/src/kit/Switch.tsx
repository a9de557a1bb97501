import { useId } from "react";
import { Switch as AriaSwitch } from "react-aria-components/Switch";

export interface SwitchProps {
  label: string;
  description?: string;
  value: boolean;
  onChange(value: boolean): void;
  disabled?: boolean;
}

export function Switch({ label, description, value, onChange, disabled = false }: SwitchProps) {
  const note = useId();
  return (
    <div className="switch-field">
      <AriaSwitch
        className="switch"
        isSelected={value}
        onChange={onChange}
        isDisabled={disabled}
        {...(description && { "aria-describedby": note })}
      >
        <span className="switch-track" aria-hidden="true" />
        {label}
      </AriaSwitch>
      {description && (
        <p id={note} className="field-description">
          {description}
        </p>
      )}
    </div>
  );
}
