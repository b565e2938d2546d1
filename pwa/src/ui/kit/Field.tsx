// Labelled inputs. Nothing typed here is offered again by the browser unless a form asks for that (a password).
import { useId } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import "./field.css";

interface FieldProps extends Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "label" | "onInput"> {
  /** Words above the input. */
  label: string;
  /** What is wrong and what to do, if anything. */
  error?: string | undefined;
  /** A line of help below. */
  hint?: string | undefined;
  /** Called with the text at each change. */
  onText: (text: string) => void;
}

/** A labelled text input. */
export function Field({ label, error, hint, onText, autocomplete = "off", ...rest }: FieldProps): JSX.Element {
  const id = useId();
  const help = error ?? hint;
  return (
    <label class="field">
      <span>{label}</span>
      <input
        autocomplete={autocomplete}
        autocapitalize="off"
        spellcheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={help === undefined ? undefined : id}
        onInput={(event) => onText(event.currentTarget.value)}
        {...rest}
      />
      {help !== undefined && (
        <small id={id} class={error === undefined ? "muted" : "error"} role={error === undefined ? undefined : "alert"}>
          {help}
        </small>
      )}
    </label>
  );
}

interface SelectProps {
  /** Words above the list. */
  label: string;
  /** Chosen value. */
  value: string;
  /** Values with their words. */
  options: readonly (readonly [value: string, text: string])[];
  /** Called with the chosen value. */
  onChoose: (value: string) => void;
}

/** A labelled drop-down list. */
export function Select({ label, value, options, onChoose }: SelectProps): JSX.Element {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A group of choices of which one holds, as buttons in a row that wraps. */
export function Choices({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    <fieldset class="choices">
      <legend>{label}</legend>
      <div>{children}</div>
    </fieldset>
  );
}
