import type { ReactNode } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";

/** What every field of the kit is told. */
export interface FieldProps {
  label: string;
  description?: ReactNode;
  /** What is wrong with it; absent when nothing is. */
  error?: string | undefined;
  required?: boolean;
  disabled?: boolean;
}

export function FieldLabel({ label, required = false }: { label: string; required?: boolean }) {
  return (
    <Label className="field-label">
      {label}
      {required && (
        <span className="field-required" aria-hidden="true">
          {" "}
          required
        </span>
      )}
    </Label>
  );
}

/** What stands below a field: its fault first, else what it is for. */
export function FieldNotes({ description, error }: Pick<FieldProps, "description" | "error">) {
  return (
    <>
      <FieldError className="field-error">{error}</FieldError>
      {description && (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      )}
    </>
  );
}
