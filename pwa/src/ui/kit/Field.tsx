// Labelled inputs. Nothing typed here is offered again by the browser unless a form asks for that (a password).
import { useId } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import "./field.css";

interface FieldProps {
  /** Words above the input. */
  label: string;
  /** What is wrong and what to do, if anything. */
  error?: string | undefined;
  /** A line of help below. */
  hint?: string | undefined;
  /** Called with the text at each change. */
  onText: (text: string) => void;
  /** Text now. */
  value: string;
  /** Kind of input; text if absent. */
  type?: "text" | "password" | "date" | "time" | "datetime-local" | "number" | "search";
  /** Keyboard that the phone opens. */
  inputMode?: "text" | "numeric" | "decimal" | "search";
  /** What the browser may fill in; nothing if absent. */
  autocomplete?: string;
  /** Greatest length in UTF-16 units. */
  maxLength?: number;
  /** Name within its form. */
  name?: string;
  /** Greatest value of a date or number. */
  max?: string;
  /** Least value of a date or number. */
  min?: string;
  /** A form is not sent without it. */
  required?: boolean;
  /** `ltr` for what is written from left to right in every language: codes, digits, login names, links. */
  dir?: "ltr";
}

/** A labelled text input. */
export function Field({ label, error, hint, onText, autocomplete = "off", type = "text", ...rest }: FieldProps): JSX.Element {
  const id = useId();
  const help = error ?? hint;
  // The attribute types differ per kind of input; ours are the same for all of them.
  const kind = { type } as { type: "text" };
  return (
    <div class="field">
      <label for={`${id}-input`}>{label}</label>
      <input
        id={`${id}-input`}
        autocomplete={autocomplete}
        autocapitalize="off"
        spellcheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={help === undefined ? undefined : id}
        onInput={(event) => onText(event.currentTarget.value)}
        {...kind}
        {...rest}
      />
      {help !== undefined && (
        <small id={id} class={error === undefined ? "muted" : "error"} role={error === undefined ? undefined : "alert"}>
          {help}
        </small>
      )}
    </div>
  );
}

interface SelectProps {
  /** Words above the list. */
  label: string;
  /** Chosen value. */
  value: string;
  /** Values with their words. */
  options: readonly (readonly [value: string, text: string])[];
  /** What is wrong and what to do, if anything. */
  error?: string | undefined;
  /** Called with the chosen value. */
  onChoose: (value: string) => void;
}

/** A labelled drop-down list. */
export function Select({ label, value, options, error, onChoose }: SelectProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={`${id}-input`}>{label}</label>
      <select id={`${id}-input`} value={value} aria-invalid={error !== undefined} aria-describedby={error === undefined ? undefined : id} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
      {error !== undefined && (
        <small id={id} class="error" role="alert">
          {error}
        </small>
      )}
    </div>
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
