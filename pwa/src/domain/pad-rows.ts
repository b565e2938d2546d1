// What the pad shows of a catalogue: rows and columns of the gender × age grid, quantity chips, tiles.
import type { AgeBand, Catalogue, Gender, Item, Service } from "../generated/contract";

/** A row: one gender, or several rarer ones that open on a tap. */
export interface GridRow {
  key: string;
  genders: readonly Gender[];
}

/** The rows in the catalogue's order; `unknown` has none, its place is the columns' heads. */
export function gridRows(catalogue: Catalogue): GridRow[] {
  const rows = new Map<string, Gender[]>();
  for (const gender of catalogue.genders) {
    if (gender.code === "unknown") continue;
    const key = gender.row ?? gender.code;
    rows.set(key, [...(rows.get(key) ?? []), gender]);
  }
  return [...rows].map(([key, genders]) => ({ key, genders }));
}

/** The columns; `unknown` has none, its place is the rows' names. */
export function gridColumns(catalogue: Catalogue): AgeBand[] {
  return catalogue.age_bands.filter((band) => band.code !== "unknown");
}

/** The words of a row that genders share: what their labels begin with alike, else all of them. */
export function sharedName(names: readonly string[]): string {
  const words = (names[0] ?? "").split(" ");
  for (let n = words.length - 1; n > 0; n -= 1) {
    const start = words.slice(0, n).join(" ");
    if (names.every((name) => name.startsWith(`${start} `))) return start;
  }
  return names.join(", ");
}

/** The item of a code. */
export function itemOf(catalogue: Catalogue, code: string): Item | undefined {
  return catalogue.items.find((item) => item.code === code);
}

const CHIPS: readonly number[] = [1, 5, 10, 20, 50];

/** Quantities of the row of chips; common ones where the item names none. */
export function quickOf(item: Item | undefined): readonly number[] {
  return item?.quick !== undefined && item.quick.length > 0 ? item.quick.slice(0, CHIPS.length) : CHIPS;
}

/** A tile: a kit or an item. */
export interface PadTile {
  code: string;
  kit: boolean;
  icon: string;
  label: Readonly<Record<string, string>>;
}

/** How many tiles stand in a row of the pad, beside the one that opens the rest. */
export const TILES = 3;

/** The tile of a code; undefined where it is no longer offered. */
export function tileOf(catalogue: Catalogue, code: string): PadTile | undefined {
  const kit = catalogue.kits.find((one) => one.code === code && one.retired !== true);
  if (kit !== undefined) return { code, kit: true, icon: kit.icon ?? "box", label: kit.label };
  const item = catalogue.items.find((one) => one.code === code && one.retired !== true);
  return item === undefined ? undefined : { code, kit: false, icon: item.icon, label: item.label };
}

/** Kits and items of the tile row. */
export function padTiles(catalogue: Catalogue): PadTile[] {
  return catalogue.pad.tiles.flatMap((code) => tileOf(catalogue, code) ?? []).slice(0, TILES);
}

/** Services of the referral row. */
export function padServices(catalogue: Catalogue): Service[] {
  return catalogue.pad.services.flatMap((code) => catalogue.services.find((one) => one.code === code && one.retired !== true) ?? []).slice(0, TILES);
}
