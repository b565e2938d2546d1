// Editing a catalogue in memory: every function takes one and gives another. Entries are added, changed, moved and retired; only what
// was never saved can be taken away again.
import type { Card, Catalogue, Choice, Item, Kit, Pad, Provider, Service, Site } from "../../generated/contract";
import type { Labels } from "../labels";
import { proposedCode, sourceOf } from "./catalogue-codes";

/** The lists of a catalogue whose entries have a code and an order. */
export const LISTS = [
  "items",
  "kits",
  "services",
  "providers",
  "sites",
  "areas",
  "topics",
  "incident_kinds",
  "perpetrators",
  "supports",
  "expense_kinds",
  "modules",
  "cards",
] as const;

/** Name of a list. */
export type ListName = (typeof LISTS)[number];

/** Lists whose entries are nothing but a code, a label and perhaps an icon. */
export type ChoiceList = "areas" | "topics" | "incident_kinds" | "perpetrators" | "supports" | "expense_kinds" | "modules";

/** An entry of any list. */
export type Entry = Item | Kit | Service | Provider | Site | Choice | Card;

/** Most quick quantities of an item. */
export const QUICK = 5;

/** A list's entries; a catalogue of old may lack some lists. */
export function entries(catalogue: Catalogue, list: ListName): readonly Entry[] {
  return catalogue[list] ?? [];
}

/** The texts that name an entry. */
export function namesOf(entry: Entry): Labels {
  return "title" in entry ? entry.title : entry.label;
}

/** The programme's languages; English if it names none. */
export function languagesOf(catalogue: Catalogue): readonly [string, ...string[]] {
  const [first, ...others] = catalogue.languages ?? [];
  return first === undefined ? ["en"] : [first, ...others];
}

/** A catalogue with another list. */
export function withList(catalogue: Catalogue, list: ListName, now: readonly Entry[]): Catalogue {
  return { ...catalogue, [list]: now };
}

/** Changes fields of an entry. */
export function changeEntry(catalogue: Catalogue, list: ListName, index: number, part: object): Catalogue {
  return withList(
    catalogue,
    list,
    entries(catalogue, list).map((entry, at) => (at === index ? { ...entry, ...part } : entry)),
  );
}

/** Changes the pad. */
export function changePad(catalogue: Catalogue, part: Partial<Pad>): Catalogue {
  return { ...catalogue, pad: { ...catalogue.pad, ...part } };
}

/** A list with one entry in another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const [entry, ...none] = list.slice(from, from + 1);
  if (entry === undefined || none.length > 0 || to < 0 || to >= list.length) return [...list];
  const rest = list.filter((_, at) => at !== from);
  return [...rest.slice(0, to), entry, ...rest.slice(to)];
}

/** Moves an entry to another place of its list. */
export function moveEntry(catalogue: Catalogue, list: ListName, from: number, to: number): Catalogue {
  return withList(catalogue, list, moved(entries(catalogue, list), from, to));
}

/** Codes that a new entry of a list can't have: a kit and an item share the tiles of the pad, so they share their codes too. */
export function takenCodes(catalogue: Catalogue, list: ListName): string[] {
  const lists: readonly ListName[] = list === "items" || list === "kits" ? ["items", "kits"] : [list];
  return lists.flatMap((one) => entries(catalogue, one).map(({ code }) => code));
}

function fresh(list: ListName, code: string, label: Record<string, string>): Entry {
  const plain = { code, label, retired: false };
  switch (list) {
    case "items":
      return { ...plain, icon: "box", syringes_per_unit: 0, doses_per_unit: 0, quick: [1, 3, 10], base: 10, stock: true };
    case "kits":
      return { ...plain, icon: "box", lines: [] };
    case "services":
      return { ...plain, icon: "clinic" };
    case "providers":
      return { ...plain, services: [], hours: {}, address: {}, notes: {} };
    case "cards":
      return { code, title: label, body: {}, icon: "info", retired: false };
    case "sites":
    case "areas":
    case "topics":
    case "incident_kinds":
    case "perpetrators":
    case "supports":
    case "expense_kinds":
    case "modules":
      return plain;
  }
}

/** Adds an entry at the end of its list, named in the programme's first language, with a code made from the name. */
export function addEntry(catalogue: Catalogue, list: ListName, name: string): Catalogue {
  const [first] = languagesOf(catalogue);
  const code = proposedCode(list, name, takenCodes(catalogue, list));
  return withList(catalogue, list, [...entries(catalogue, list), fresh(list, code, { [first]: name })]);
}

/** Whether an entry was never saved: its code and what it counts may still change. */
export function isNew(saved: Catalogue, list: ListName, code: string): boolean {
  return !entries(saved, list).some((entry) => entry.code === code);
}

/** Changes the texts that name an entry. The code of a new one follows for as long as nobody has typed another. */
export function renameEntry(catalogue: Catalogue, saved: Catalogue, list: ListName, index: number, names: Labels): Catalogue {
  const entry = entries(catalogue, list)[index];
  if (entry === undefined) return catalogue;
  const next = changeEntry(catalogue, list, index, list === "cards" ? { title: names } : { label: names });
  if (!isNew(saved, list, entry.code)) return next;
  const languages = languagesOf(catalogue);
  const taken = takenCodes(catalogue, list).filter((code) => code !== entry.code);
  const proposal = (labels: Labels): string => proposedCode(list, sourceOf(labels, languages), taken);
  return entry.code === proposal(namesOf(entry)) ? changeCode(next, list, index, proposal(names)) : next;
}

/** Changes an entry's code and everything in the catalogue that names it. Only for entries that were never saved. */
export function changeCode(catalogue: Catalogue, list: ListName, index: number, code: string): Catalogue {
  const old = entries(catalogue, list)[index]?.code;
  if (old === undefined || old === code) return catalogue;
  return named(changeEntry(catalogue, list, index, { code }), list, (one) => [one === old ? code : one]);
}

/** A catalogue in which every mention of a list's codes is mapped; a mention that maps to nothing goes. */
function named(catalogue: Catalogue, list: ListName, map: (code: string) => string[]): Catalogue {
  const { pad } = catalogue;
  const one = (code: string): string => map(code)[0] ?? code;
  switch (list) {
    case "items":
      return {
        ...catalogue,
        kits: catalogue.kits.map((kit) => ({ ...kit, lines: kit.lines.flatMap((line) => map(line.item).map((item) => ({ ...line, item }))) })),
        pad: {
          ...pad,
          syringe_item: one(pad.syringe_item),
          return_item: one(pad.return_item),
          naloxone_item: one(pad.naloxone_item),
          tiles: pad.tiles.flatMap(map),
        },
      };
    case "kits":
      return changePad(catalogue, { tiles: pad.tiles.flatMap(map) });
    case "services":
      return {
        ...catalogue,
        providers: catalogue.providers.map((provider) => ({ ...provider, services: provider.services.flatMap(map) })),
        pad: { ...pad, services: pad.services.flatMap(map), tests: (pad.tests ?? []).flatMap(map) },
      };
    case "areas":
      return {
        ...catalogue,
        sites: catalogue.sites.map((site) => (site.area === null || site.area === undefined ? site : { ...site, area: map(site.area)[0] ?? null })),
      };
    default:
      return catalogue;
  }
}

/** The row of the pad that stands or falls with an item; such an item can't be retired before another takes its place. */
export function rowOf({ pad }: Catalogue, list: ListName, code: string): "syringe_item" | "return_item" | "naloxone_item" | undefined {
  if (list !== "items") return undefined;
  return (["syringe_item", "return_item", "naloxone_item"] as const).find((row) => pad[row] === code);
}

/** Takes an entry out of use, and off the pad; what it was used for keeps its name. */
export function retire(catalogue: Catalogue, list: ListName, index: number): Catalogue {
  const entry = entries(catalogue, list)[index];
  if (entry === undefined || rowOf(catalogue, list, entry.code) !== undefined) return catalogue;
  const next = changeEntry(catalogue, list, index, { retired: true });
  const without = (codes: readonly string[]): string[] => codes.filter((code) => code !== entry.code);
  if (list === "items" || list === "kits") return changePad(next, { tiles: without(next.pad.tiles) });
  if (list === "services") return changePad(next, { services: without(next.pad.services), tests: without(next.pad.tests ?? []) });
  return next;
}

/** Takes an entry into use again; it is not put back onto the pad. */
export function bringBack(catalogue: Catalogue, list: ListName, index: number): Catalogue {
  return changeEntry(catalogue, list, index, { retired: false });
}

/** Takes away an entry that was never saved, and every mention of it. */
export function dropEntry(catalogue: Catalogue, list: ListName, index: number): Catalogue {
  const entry = entries(catalogue, list)[index];
  if (entry === undefined || rowOf(catalogue, list, entry.code) !== undefined) return catalogue;
  const next = withList(
    catalogue,
    list,
    entries(catalogue, list).filter((_, at) => at !== index),
  );
  return named(next, list, (code) => (code === entry.code ? [] : [code]));
}

/** Whole numbers of a text such as `1, 5, 10`, at most five, each once, in the order of the text. */
export function quickOf(text: string): number[] {
  const found = [...text.matchAll(/\d+/gu)].map(([digits]) => Number(digits)).filter((n) => n > 0 && n <= 100_000);
  return [...new Set(found)].slice(0, QUICK);
}

const TEXTS = new Set(["label", "title", "body", "hours", "address", "notes", "minor_notice"]);

function tidiedTexts(labels: Labels): Record<string, string> {
  const trimmed = Object.entries(labels).map(([tag, text]) => [tag, text.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, text]) => text !== ""));
}

/** An object without blank texts, and without optional fields that are empty. */
function tidiedObject<T extends object>(value: T): T {
  const fields = Object.entries(value).flatMap(([key, field]: [string, unknown]) => {
    if (field === null || field === "") return [];
    return [[key, TEXTS.has(key) ? tidiedTexts(field as Labels) : field] as const];
  });
  return Object.fromEntries(fields) as T;
}

/** A catalogue as it is sent: texts without spaces around them, and none that are empty. */
export function tidied(catalogue: Catalogue): Catalogue {
  const lists = LISTS.map((list) => [list, entries(catalogue, list).map(tidiedObject)] as const);
  return { ...catalogue, ...Object.fromEntries(lists), name: catalogue.name.trim(), pad: tidiedObject(catalogue.pad) };
}
