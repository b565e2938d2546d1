// The twelve keys for typing a number on the page: ten digits, the eraser, and a point where the number may have decimals.
import type { JSX } from "preact";
import type { Key } from "../../domain/forms/decimal";
import "./stepper.css";
import { Button } from "./Button";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

interface KeysProps {
  onKey: (key: Key) => void;
  /** Spoken name of the eraser. */
  erase: string;
  /** The point as it is written, and as it is spoken; no such key without it. */
  point?: { text: string; label: string };
}

/** The keys. */
export function Keys({ onKey, erase, point }: KeysProps): JSX.Element {
  return (
    <div class="numbers">
      {DIGITS.map((digit) => (
        <Button key={digit} onClick={() => onKey(digit)}>
          {digit}
        </Button>
      ))}
      {point === undefined ? (
        <span />
      ) : (
        <Button label={point.label} onClick={() => onKey(".")}>
          {point.text}
        </Button>
      )}
      <Button onClick={() => onKey("0")}>0</Button>
      <Button icon="erase" label={erase} onClick={() => onKey("erase")} />
    </div>
  );
}
