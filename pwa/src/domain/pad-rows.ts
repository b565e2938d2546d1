// Rows and columns of the gender × age grid, from the catalogue.
import type { AgeBand, Catalogue, Gender } from "../generated/contract";

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
