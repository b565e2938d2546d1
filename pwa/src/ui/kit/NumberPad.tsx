// Ten keys on the page: typing a quantity without the phone's keyboard.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Key } from "../../domain/forms/decimal";
import "./stepper.css";
import { Button } from "./Button";
import { Keys } from "./Keys";
import { Sheet } from "./Sheet";

/** Words of the pad. */
export interface NumberPadWords {
  done: string;
  erase: string;
  type: string;
}

interface NumberPadProps {
  title: string;
  value: number;
  max: number;
  words: NumberPadWords;
  /** Usual numbers: a tap takes one and closes the pad. */
  quick?: readonly number[];
  /** Only the button takes what was typed: for a number that counts at once. Else every way of closing does, as it shows and can be changed. */
  asks?: boolean;
  onDone: (value: number) => void;
  onClose: () => void;
}

/** The pad, in a sheet. The first key replaces the number that was there. */
export function NumberPad({ title, value, max, words, quick = [], asks = false, onDone, onClose }: NumberPadProps): JSX.Element {
  const [typed, setTyped] = useState<number | undefined>(undefined);
  const shown = typed ?? value;
  const press = (key: Key): void => setTyped(key === "erase" ? Math.floor(shown / 10) : Math.min(max, (typed ?? 0) * 10 + Number(key)));
  const take = (n: number): void => {
    onDone(n);
    onClose();
  };
  const close = (): void => {
    if (typed !== undefined) onDone(typed);
    onClose();
  };
  return (
    <Sheet title={title} done={words.done} onDone={close} onClose={asks ? onClose : close}>
      <output class="numbers-value" aria-live="polite">
        {shown}
      </output>
      {quick.length > 0 && (
        <div class="numbers-quick">
          {quick.map((n) => (
            <Button key={n} pressed={shown === n} label={`${title}: ${n}`} onClick={() => take(n)}>
              {n}
            </Button>
          ))}
        </div>
      )}
      <Keys erase={words.erase} onKey={press} />
    </Sheet>
  );
}
