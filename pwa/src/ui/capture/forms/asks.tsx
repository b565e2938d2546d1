// Questions of a form as dense rows: the name at the side, the answers as chips with icon and word. A tap on a chosen answer clears it.
import type { ComponentChildren, JSX } from "preact";
import { Button } from "../../kit/Button";

interface AskProps {
  /** What is asked. */
  name: string;
  /** The chips wrap by their words under the name, for lists of any length; otherwise they stand in columns beside it. */
  list?: boolean;
  children: ComponentChildren;
}

/** One question. */
export function Ask({ name, list = false, children }: AskProps): JSX.Element {
  return (
    <div class={list ? "ask list" : "ask"} role="group" aria-label={name}>
      <span class="ask-name" aria-hidden="true">
        {name}
      </span>
      <div class="ask-chips">{children}</div>
    </div>
  );
}

interface ChipProps {
  on: boolean;
  icon?: string | undefined;
  disabled?: boolean;
  onTap: () => void;
  children: ComponentChildren;
}

/** One answer. */
export function Chip({ on, icon, disabled, onTap, children }: ChipProps): JSX.Element {
  return (
    <Button class="chip" icon={icon} pressed={on} disabled={disabled} onClick={onTap}>
      <span>{children}</span>
    </Button>
  );
}

interface OneOfProps<A extends string> {
  name: string;
  /** The answers with their icons, in order. */
  answers: readonly (readonly [answer: A, icon: string])[];
  chosen: A | undefined;
  words: (answer: A) => string;
  /** Called with the answer, or with nothing when it is cleared. */
  onChoose: (answer: A | undefined) => void;
}

/** A question with one answer. */
export function OneOf<A extends string>({ name, answers, chosen, words, onChoose }: OneOfProps<A>): JSX.Element {
  return (
    <Ask name={name}>
      {answers.map(([answer, icon]) => (
        <Chip key={answer} icon={icon} on={chosen === answer} onTap={() => onChoose(chosen === answer ? undefined : answer)}>
          {words(answer)}
        </Chip>
      ))}
    </Ask>
  );
}
