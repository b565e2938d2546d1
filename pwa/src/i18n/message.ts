// What a text is.

/** Text with one form per plural category; `{n}` decides. */
export interface Plural {
  zero?: string;
  one?: string;
  two?: string;
  few?: string;
  many?: string;
  other: string;
}

/** A text, or one that depends on a number. Parameters stand in braces: `{n}`. */
export type Message = string | Plural;
