// The mark of a worker on a shared phone: a number in a shape and a colour of its own. Neither says who it is.
import type { JSX } from "preact";
import { number } from "../../../i18n/catalogue";
import "./turn.css";

const SHAPES = 4;

/** The mark. */
export function Mark({ n }: { n: number }): JSX.Element {
  return (
    <span class={`mark mark-${n % SHAPES}`} aria-hidden="true">
      <span>{number(n)}</span>
    </span>
  );
}
