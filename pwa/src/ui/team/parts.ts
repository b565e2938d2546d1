// What the parts of the correction form share.
import type { Draft } from "../../domain/console/correction";
import type { Catalogue, FieldError } from "../../generated/contract";
import { label } from "../../i18n/catalogue";
import { fieldText } from "../console/problem";

/** What a part of the form gets. */
export interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  catalogue: Catalogue;
  errors: readonly FieldError[];
}

type Named = readonly { code: string; label: Readonly<Record<string, string>>; retired?: boolean }[];

/** Choices of a catalogue list: what is offered now, and what the record says. */
export function choices(entries: Named, current: readonly string[]): [string, string][] {
  const found = entries
    .filter((entry) => entry.retired !== true || current.includes(entry.code))
    .map((entry): [string, string] => [entry.code, label(entry.label)]);
  for (const code of current) if (!entries.some((entry) => entry.code === code)) found.push([code, code]);
  return found;
}

/** Words for what is wrong with a field, if anything. */
export function errorAt(errors: readonly FieldError[], path: string): string | undefined {
  const found = errors.find((error) => error.path === path || error.path === `record.${path}`);
  return found === undefined ? undefined : fieldText(found);
}
