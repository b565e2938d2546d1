// What an edit of a catalogue changed, and how it comes onto another version that somebody else saved meanwhile.
import type { Catalogue } from "../../generated/contract";
import { changeCode, entries, LISTS, takenCodes, withList, type Entry, type ListName } from "./catalogue";
import { proposedCode } from "./catalogue-codes";

/** A part of the catalogue: a list, the pad, or what stands beside them. */
export type Part = ListName | "pad" | "programme";

/** One thing that was changed. */
export interface Difference {
  part: Part;
  /** The entry, in a list; absent when the list's order changed. */
  code?: string;
  kind: "added" | "changed" | "retired" | "back" | "order";
  /** Fields that differ. */
  fields: readonly string[];
}

/** A field that both changed, differently; mine was kept. */
export interface Clash {
  part: Part;
  code?: string;
  field: string;
  /** What they wrote there, if it is a text. */
  theirs: string | undefined;
}

const PROGRAMME = ["name", "languages", "currency", "shift_close_hour"] as const;

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two JSON values say the same; the order of an object's keys says nothing, and null is absent. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b || (a == null && b == null)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, at) => same(one, b[at]));
  if (!isFields(a) || !isFields(b)) return false;
  return [...Object.keys(a), ...Object.keys(b)].every((key) => same(a[key], b[key]));
}

const fieldsOf = (...values: readonly Fields[]): string[] => [...new Set(values.flatMap((value) => Object.keys(value)))];

function changedFields(before: object, after: object): string[] {
  const [a, b] = [before as Fields, after as Fields];
  return fieldsOf(a, b).filter((field) => !same(a[field], b[field]));
}

/** Codes of a list that another one has too, in order. */
function common(list: readonly Entry[], other: readonly Entry[]): string[] {
  return list.map(({ code }) => code).filter((code) => other.some((one) => one.code === code));
}

const reordered = (before: readonly Entry[], after: readonly Entry[]): boolean => !same(common(before, after), common(after, before));

function listDifferences(part: ListName, before: readonly Entry[], after: readonly Entry[]): Difference[] {
  const found = after.flatMap((entry): Difference[] => {
    const { code } = entry;
    const old = before.find((one) => one.code === code);
    if (old === undefined) return [{ part, code, kind: "added", fields: [] }];
    const fields = changedFields(old, entry);
    const rest = fields.filter((field) => field !== "retired");
    const turned = (old.retired ?? false) !== (entry.retired ?? false);
    return [
      ...(turned ? [{ part, code, kind: entry.retired === true ? ("retired" as const) : ("back" as const), fields: [] }] : []),
      ...(rest.length > 0 ? [{ part, code, kind: "changed" as const, fields: rest }] : []),
    ];
  });
  return reordered(before, after) ? [...found, { part, kind: "order", fields: [] }] : found;
}

/** What differs between two catalogues, list by list. Genders and age bands are fixed, and versions are the server's. */
export function differences(before: Catalogue, after: Catalogue): Difference[] {
  const lists = LISTS.flatMap((list) => listDifferences(list, entries(before, list), entries(after, list)));
  const pad = changedFields(before.pad, after.pad);
  const programme = PROGRAMME.filter((field) => !same(before[field], after[field]));
  return [
    ...lists,
    ...(pad.length > 0 ? [{ part: "pad" as const, kind: "changed" as const, fields: pad }] : []),
    ...(programme.length > 0 ? [{ part: "programme" as const, kind: "changed" as const, fields: programme }] : []),
  ];
}

/** One value of three: who changed it has it; of two who did, mine. Objects go field by field. */
function mergedValue(base: unknown, mine: unknown, theirs: unknown, clash: (theirs: unknown) => void): unknown {
  if (same(mine, base)) return theirs;
  if (same(theirs, base) || same(mine, theirs)) return mine;
  if (!isFields(mine) || !isFields(theirs)) {
    clash(theirs);
    return mine;
  }
  const from = isFields(base) ? base : {};
  const fields = fieldsOf(theirs, mine).map((key) => [key, mergedValue(from[key], mine[key], theirs[key], clash)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

class Merge {
  readonly clashes: Clash[] = [];

  /** An object field by field, so that a clash knows its field. */
  fields<T extends object>(where: { part: Part; code?: string }, base: T, mine: T, theirs: T): T {
    const [from, my, their] = [base as Fields, mine as Fields, theirs as Fields];
    const merged = fieldsOf(their, my).map((field) => {
      const clash = (other: unknown): void => {
        this.clashes.push({ ...where, field, theirs: typeof other === "string" ? other : undefined });
      };
      return [field, mergedValue(from[field], my[field], their[field], clash)] as const;
    });
    return Object.fromEntries(merged.filter(([, value]) => value !== undefined)) as T;
  }

  list(part: ListName, base: readonly Entry[], mine: readonly Entry[], theirs: readonly Entry[]): Entry[] {
    const find = (list: readonly Entry[], code: string): Entry | undefined => list.find((one) => one.code === code);
    // Whoever moved entries has the order; new ones of the other come at the end.
    const [first, second] = reordered(base, mine) ? [mine, theirs] : [theirs, mine];
    const codes = [...new Set([...first, ...second].map(({ code }) => code))];
    return codes.flatMap((code) => {
      const [old, my, their] = [find(base, code), find(mine, code), find(theirs, code)];
      if (my === undefined || their === undefined) return my ?? their ?? [];
      return this.fields({ part, code }, old ?? their, my, their);
    });
  }
}

/** Mine with other codes where they gave the same code to a new entry of their own. */
function apart(base: Catalogue, mine: Catalogue, theirs: Catalogue): Catalogue {
  let next = mine;
  for (const list of LISTS) {
    const old = takenCodes(base, list);
    const their = takenCodes(theirs, list).filter((code) => !old.includes(code));
    for (const [index, entry] of entries(next, list).entries()) {
      const twin = entries(theirs, list).find((one) => one.code === entry.code);
      if (old.includes(entry.code) || !their.includes(entry.code) || same(twin, entry)) continue;
      next = changeCode(next, list, index, proposedCode(list, entry.code, [...takenCodes(theirs, list), ...takenCodes(next, list)]));
    }
  }
  return next;
}

/** My changes of `base` put onto what they saved meanwhile, and the fields that both of us changed. */
export function mergeOnto(base: Catalogue, mine: Catalogue, theirs: Catalogue): { catalogue: Catalogue; clashes: readonly Clash[] } {
  const my = apart(base, mine, theirs);
  const merge = new Merge();
  let next = theirs;
  for (const list of LISTS) next = withList(next, list, merge.list(list, entries(base, list), entries(my, list), entries(theirs, list)));
  const pick = (catalogue: Catalogue): Partial<Catalogue> => Object.fromEntries(PROGRAMME.map((field) => [field, catalogue[field]]));
  next = { ...next, ...merge.fields({ part: "programme" }, pick(base), pick(my), pick(theirs)) };
  return { catalogue: { ...next, pad: merge.fields({ part: "pad" }, base.pad, my.pad, theirs.pad) }, clashes: merge.clashes };
}
