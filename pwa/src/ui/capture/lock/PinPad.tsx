// Typing a PIN: dots for the digits, and our own keys. The digits are in the page's memory only, never in a field and never in the page's text.
import { useEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Key } from "../../../domain/forms/decimal";
import { PIN } from "../../../domain/pin";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { Keys } from "../../kit/Keys";
import "./lock.css";

interface PinPadProps {
  /** What is to be typed. */
  label: string;
  /** What was wrong with the last one, if anything. */
  problem?: string | undefined;
  /** Words on the button below the keys. */
  done: string;
  /** Being checked: nothing can be typed. */
  busy: boolean;
  onDone: (digits: string) => void;
}

/** What a key of the keyboard stands for. */
function keyOf({ key }: KeyboardEvent): Key | undefined {
  if (/^\d$/u.test(key)) return key as Key;
  return key === "Backspace" ? "erase" : undefined;
}

/** The pad. It starts empty after each try. */
export function PinPad({ label, problem, done, busy, onDone }: PinPadProps): JSX.Element {
  const typed = useRef("");
  const [length, setLength] = useState(0);
  const press = (key: Key): void => {
    if (busy) return;
    typed.current = key === "erase" ? typed.current.slice(0, -1) : (typed.current + key).slice(0, PIN.most);
    setLength(typed.current.length);
  };
  const finish = (): void => {
    const digits = typed.current;
    if (busy || digits.length < PIN.least) return;
    typed.current = "";
    setLength(0);
    onDone(digits);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const key = keyOf(event);
      if (key !== undefined) press(key);
      // A button that has the focus is pressed by Enter itself.
      else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) finish();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });
  return (
    <div class="pin" aria-busy={busy}>
      <p class="pin-label" role="status">
        <span>
          {!busy && problem !== undefined && <Icon name="alert" />}
          {busy ? t("pin_busy") : (problem ?? label)}
        </span>
      </p>
      <p class="pin-dots" role="img" aria-label={t("pin_typed", { n: length })}>
        {Array.from({ length: Math.max(PIN.least, length) }, (_, n) => (
          <span key={n} class={n < length ? "on" : undefined} />
        ))}
      </p>
      <Keys erase={t("erase")} onKey={press} />
      <Button look="big primary" disabled={busy || length < PIN.least} onClick={finish}>
        {done}
      </Button>
    </div>
  );
}
