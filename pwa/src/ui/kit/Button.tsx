// Buttons: one shape, at least 44 px, with an optional icon before the words.
import type { ButtonHTMLAttributes, ComponentChildren, JSX } from "preact";
import "./button.css";
import { Icon } from "./Icon";

interface ButtonProps extends Omit<ButtonHTMLAttributes, "icon" | "type" | "label"> {
  /** Words on the button; without them `label` must say what it does. */
  children?: ComponentChildren;
  /** Name of an icon before the words. */
  icon?: string | undefined;
  /** Look: `primary` and `danger` carry a meaning, `big` is the thumb's target, `plain` has no frame. */
  look?: "primary" | "big" | "big primary" | "plain" | "danger" | "plain danger" | undefined;
  /** On or off; absent on buttons that are no switches. */
  pressed?: boolean | undefined;
  /** Spoken name where the words are missing or too short. */
  label?: string | undefined;
  /** `submit` inside forms. */
  type?: "button" | "submit" | undefined;
  /** Greyed out and inert. */
  disabled?: boolean | undefined;
}

/** A button. */
export function Button({ children, icon, look, pressed, label, class: extra, type = "button", ...rest }: ButtonProps): JSX.Element {
  const names = ["button", look, typeof extra === "string" ? extra : undefined].filter(Boolean).join(" ");
  return (
    <button type={type} class={names} aria-pressed={pressed} aria-label={label} {...rest}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}
