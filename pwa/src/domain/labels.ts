// Labels of the catalogue: a text per language, and what stands in its place where one lacks.

/** A text per language tag. */
export type Labels = Readonly<Record<string, string>>;

/** The text in a language, else in English, else in any; an empty one counts as missing. */
export function labelIn(labels: Labels, tag: string): string {
  const wanted = [labels[tag], labels["en"], ...Object.values(labels)];
  return wanted.find((text) => text !== undefined && text.trim() !== "") ?? "";
}
