// Questions of a form as dense rows: the name at the side, the answers as chips with icon and word. A tap on a chosen answer clears it.
import type { ComponentChildren, JSX } from "preact";
import type { Choice } from "../../../generated/contract";
import { toggle } from "../../../domain/draft";
import { label } from "../../../i18n/catalogue";
import { Button } from "../../kit/Button";
import { choiceIcon, type ChoiceList } from "../../kit/choice-icons";

interface AskProps {
  /** What is asked. */
  name: string;
  /** How the chips stand: in columns beside the name, two of them beside a longer one, or under it for lists of any length. */
  look?: "columns" | "two" | "list" | "list five";
  children: ComponentChildren;
}

/** One question. */
export function Ask({ name, look = "columns", children }: AskProps): JSX.Element {
  return (
    <div class={`ask ${look}`} role="group" aria-label={name}>
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
    <Ask name={name} look={answers.length === 2 ? "two" : "columns"}>
      {answers.map(([answer, icon]) => (
        <Chip key={answer} icon={icon} on={chosen === answer} onTap={() => onChoose(chosen === answer ? undefined : answer)}>
          {words(answer)}
        </Chip>
      ))}
    </Ask>
  );
}

interface SomeOfProps {
  name: string;
  list: ChoiceList;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}

/** A question with any number of answers from a list of the catalogue. */
export function SomeOf({ name, list, choices, chosen, onChoose }: SomeOfProps): JSX.Element {
  return (
    <Ask name={name} look="list">
      {choices
        .filter((choice) => choice.retired !== true)
        .map((choice) => (
          <Chip key={choice.code} icon={choiceIcon(list, choice)} on={chosen.includes(choice.code)} onTap={() => onChoose(toggle(chosen, choice.code))}>
            {label(choice.label)}
          </Chip>
        ))}
    </Ask>
  );
}
