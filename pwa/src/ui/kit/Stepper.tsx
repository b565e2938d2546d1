// A number with minus and plus; a tap on the number itself opens an on-page number pad, so that 40 is not 40 taps.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import "./stepper.css";
import { Button } from "./Button";
import { Icon } from "./Icon";
import { NumberPad, type NumberPadWords } from "./NumberPad";

interface StepperProps {
  /** What is counted, for screen readers and as the pad's heading. */
  label: string;
  value: number;
  max?: number;
  words: NumberPadWords & { less: string; add: string };
  onChange: (value: number) => void;
  /** The number as it is shown. */
  text: string;
  /** Icon before the number and a short word under it, where no words stand beside the stepper. */
  icon?: string;
  caption?: string;
}

/** The stepper. */
export function Stepper({ label, value, max = 100_000, words, onChange, text, icon, caption }: StepperProps): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <div class="stepper" role="group" aria-label={label}>
      <Button icon="minus" label={`${label}: ${words.less}`} disabled={value === 0} onClick={() => onChange(Math.max(0, value - 1))} />
      <button
        type="button"
        class={value > 0 ? "stepper-value on" : "stepper-value"}
        onClick={() => setOpen(true)}
      >
        <span class="stepper-number">
          {icon !== undefined && <Icon name={icon} />}
          {text}
        </span>
        {caption !== undefined && <small>{caption}</small>}
        <span class="hide-text">{words.type}</span>
      </button>
      <Button icon="plus" label={`${label}: ${words.add}`} onClick={() => onChange(Math.min(max, value + 1))} />
      {open && <NumberPad title={label} value={value} max={max} words={words} onDone={onChange} onClose={() => setOpen(false)} />}
    </div>
  );
}
