import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Link, type To } from "react-router";

export type Tone = "plain" | "primary" | "danger" | "quiet";

export interface ButtonProps {
  children: ReactNode;
  tone?: Tone;
  type?: "button" | "submit";
  /** At work on what it was pressed for: stays focused, and takes no second press. */
  busy?: boolean;
  disabled?: boolean;
  onPress?: () => void;
  /** What it does, where its content alone doesn't say; begins with what is to be read. */
  label?: string;
  describedBy?: string;
  autoFocus?: boolean;
  className?: string;
}

export function buttonClass(tone: Tone, more = ""): string {
  return `button button-${tone} ${more}`.trim();
}

export function Button(props: ButtonProps) {
  const { children, tone = "plain", type = "button", busy = false, disabled = false, label } = props;
  return (
    <AriaButton
      type={type}
      className={buttonClass(tone, props.className)}
      {...(busy && { "aria-disabled": true })}
      isDisabled={disabled}
      autoFocus={props.autoFocus ?? false}
      {...(label && { "aria-label": label })}
      {...(props.describedBy && { "aria-describedby": props.describedBy })}
      {...(props.onPress && !busy && { onPress: props.onPress })}
    >
      {children}
    </AriaButton>
  );
}

/** Looks like a button and goes to an address, so that it can be opened in another tab. */
export function ButtonLink(props: { to: To; children: ReactNode; tone?: Tone; state?: unknown }) {
  return (
    <Link to={props.to} state={props.state} className={buttonClass(props.tone ?? "plain")}>
      {props.children}
    </Link>
  );
}

/** A button that shows a sign alone; its label is what is read out. */
export function IconButton(props: Omit<ButtonProps, "tone" | "label"> & { label: string }) {
  return <Button {...props} tone="quiet" className={`button-icon ${props.className ?? ""}`.trim()} />;
}
