// Ten keys on the page: typing a quantity without the phone's keyboard.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import "./stepper.css";
import { Button } from "./Button";
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
  onDone: (value: number) => void;
  onClose: () => void;
}

const KEYS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** The pad, in a sheet. The first key replaces the number that was there. */
export function NumberPad({ title, value, max, words, onDone, onClose }: NumberPadProps): JSX.Element {
  const [typed, setTyped] = useState<number | undefined>(undefined);
  const shown = typed ?? value;
  const key = (digit: number): void => setTyped(Math.min(max, (typed ?? 0) * 10 + digit));
  const close = (): void => {
    if (typed !== undefined) onDone(typed);
    onClose();
  };
  return (
    <Sheet title={title} done={words.done} onClose={close}>
      <output class="numbers-value" aria-live="polite">
        {shown}
      </output>
      <div class="numbers">
        {KEYS.map((digit) => (
          <Button key={digit} onClick={() => key(digit)}>
            {digit}
          </Button>
        ))}
        <span />
        <Button onClick={() => key(0)}>0</Button>
        <Button icon="erase" label={words.erase} onClick={() => setTyped(Math.floor(shown / 10))} />
      </div>
    </Sheet>
  );
}
