// The catalogue that is being edited: as it was loaded, as it is now, what the server refused, and which entry stands open. It lives in
// memory only, for as long as the page is open.
import { computed, signal } from "@preact/signals";
import { changeEntry, LISTS, moveEntry, type ListName } from "../../../domain/console/catalogue";
import { differences } from "../../../domain/console/catalogue-merge";
import type { Catalogue, FieldError } from "../../../generated/contract";
import { fieldText } from "../../console/problem";
import { query, setQuery } from "../../console/router";

/** As the server has it. */
export const saved = signal<Catalogue | undefined>(undefined);

/** As it is now. */
export const draft = signal<Catalogue | undefined>(undefined);

/** What is wrong with it, by path. */
export const refused = signal<readonly FieldError[]>([]);

/** The entry whose fields are shown. */
export const opened = signal<{ list: ListName; index: number } | undefined>(undefined);

/** What is said to those who don't see that something moved. */
export const heard = signal("");

/** What was changed since it was loaded. */
export const changes = computed(() => (saved.value === undefined || draft.value === undefined ? [] : differences(saved.value, draft.value)));

/** The sections of the page. */
export const PARTS = ["items", "kits", "services", "providers", "places", "topics", "lists", "cards", "pad", "programme"] as const;

/** Name of a section. */
export type PartName = (typeof PARTS)[number];

/** Lists of the section of further lists. */
export const FURTHER = ["incident_kinds", "perpetrators", "supports", "expense_kinds", "modules"] as const;

/** The section that is open, by the address. */
export function part(): PartName {
  return PARTS.find((one) => one === query("part")) ?? "items";
}

/** The list that is open among the further ones. */
export function further(): (typeof FURTHER)[number] {
  return FURTHER.find((one) => one === query("list")) ?? "incident_kinds";
}

/** Opens a section. */
export function openPart(name: PartName, list = ""): void {
  setQuery({ part: name, list });
  opened.value = undefined;
}

/** Takes up what was loaded or saved. */
export function takeUp(catalogue: Catalogue | undefined): void {
  saved.value = catalogue;
  draft.value = catalogue;
  refused.value = [];
  opened.value = undefined;
  heard.value = "";
}

/** Changes the draft. */
export function edit(change: (catalogue: Catalogue) => Catalogue): void {
  if (draft.value !== undefined) draft.value = change(draft.value);
}

/** Changes fields of an entry. */
export function set(list: ListName, index: number, fields: object): void {
  edit((catalogue) => changeEntry(catalogue, list, index, fields));
}

/** Errors name entries by their place; when places change, they no longer hold. */
export function forget(list: ListName): void {
  refused.value = refused.value.filter(({ path }) => !path.startsWith(`${list}[`));
}

/** Moves an entry; the one that stands open stays open. */
export function move(list: ListName, from: number, to: number): void {
  edit((catalogue) => moveEntry(catalogue, list, from, to));
  forget(list);
  const at = opened.value;
  if (at?.list !== list) return;
  const { index } = at;
  const follows = index === from ? to : from < index && index <= to ? index - 1 : to <= index && index < from ? index + 1 : index;
  opened.value = { list, index: follows };
}

/** What is wrong at a path, in words. */
export function wrong(path: string): string | undefined {
  const found = refused.value.find((error) => error.path === path);
  return found === undefined ? undefined : fieldText(found);
}

/** Id of the place of a path on the page. */
export const spotId = (path: string): string => `spot-${path}`;

/** Puts the focus once the page has been drawn anew. */
export function focusSoon(id: string): void {
  requestAnimationFrame(() => {
    const place = document.getElementById(id);
    const target = place?.matches("button, a, input, select, textarea, [tabindex]") === true ? place : place?.querySelector<HTMLElement>("input, select, textarea, button");
    target?.focus();
  });
}

/** Where a path is edited. */
function placeOf(path: string): { list: ListName | undefined; index: number; name: PartName } {
  const [, head = "", index = ""] = /^(\w+)(?:\[(\d+)\])?/u.exec(path) ?? [];
  const list = LISTS.find((one) => one === head);
  if (list === undefined) return { list, index: 0, name: head === "pad" ? "pad" : "programme" };
  const name = list === "sites" || list === "areas" ? "places" : (PARTS.find((one) => one === list) ?? "lists");
  return { list, index: Number(index), name };
}

/** Opens the place of a path and puts the focus there, or as near as there is a field. */
export function goTo(path: string): void {
  const { list, index, name } = placeOf(path);
  openPart(name, name === "lists" ? list : "");
  if (list !== undefined) opened.value = { list, index };
  requestAnimationFrame(() => {
    const parts = path.split(".");
    const near = parts.map((_, at) => spotId(parts.slice(0, parts.length - at).join("."))).find((id) => document.getElementById(id) !== null);
    if (near !== undefined) focusSoon(near);
  });
}
