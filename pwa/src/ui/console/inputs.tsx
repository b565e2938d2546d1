// Inputs that the console needs beside the kit's: grouped lists, longer texts, passwords that can be read, ticks.
import { useId, useState } from "preact/hooks";
import type { JSX } from "preact";
import { t } from "../../i18n/console";
import { Button } from "../kit/Button";
import { Field } from "../kit/Field";

/** Values with their words, under a heading. */
export interface OptionGroup {
  label: string;
  options: readonly (readonly [value: string, text: string])[];
}

/** A drop-down list with headings. */
export function GroupedSelect(props: { label: string; value: string; groups: readonly OptionGroup[]; onChoose: (value: string) => void }): JSX.Element {
  return (
    <label class="field">
      <span>{props.label}</span>
      <select value={props.value} onChange={(event) => props.onChoose(event.currentTarget.value)}>
        {props.groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.options.map(([key, text]) => (
              <option key={key} value={key}>
                {text}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

interface WordsProps {
  label: string;
  value: string;
  onText: (text: string) => void;
  error?: string | undefined;
  hint: string;
}

/** A sentence or two, 3 to 200 characters. */
export function Words({ label, value, onText, error, hint }: WordsProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={`${id}-input`}>{label}</label>
      <textarea
        id={`${id}-input`}
        rows={2}
        maxLength={200}
        value={value}
        required
        aria-invalid={error !== undefined}
        aria-describedby={id}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <small id={id} class={error === undefined ? "muted" : "error"} role={error === undefined ? undefined : "alert"}>
        {error ?? hint}
      </small>
    </div>
  );
}

/** Why something is done; asked, and kept in the audit. */
export function Reason(props: Omit<WordsProps, "label">): JSX.Element {
  return <Words label={t("reason")} {...props} />;
}

/** Whether a sentence is long enough to be taken. */
export function isSaid(words: string): boolean {
  return Array.from(words.trim()).length >= 3;
}

interface PasswordProps {
  value: string;
  onText: (text: string) => void;
  fresh?: boolean;
  error?: string | undefined;
  hint?: string | undefined;
}

/** A password that can be looked at before it is sent. */
export function Password({ value, onText, fresh = false, error, hint }: PasswordProps): JSX.Element {
  const [shown, setShown] = useState(false);
  return (
    <div class="password">
      <Field
        label={t("password")}
        value={value}
        onText={onText}
        type={shown ? "text" : "password"}
        autocomplete={fresh ? "new-password" : "current-password"}
        name="password"
        dir="ltr"
        maxLength={256}
        error={error}
        hint={hint}
        required
      />
      <Button pressed={shown} onClick={() => setShown(!shown)}>
        {t("show_password")}
      </Button>
    </div>
  );
}

/** A tick with its words. */
export function Tick({ label, checked, onChange }: { label: string; checked: boolean; onChange: (checked: boolean) => void }): JSX.Element {
  return (
    <label class="tick">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
