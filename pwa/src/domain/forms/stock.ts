// From what was tapped about received stock to its record: one move from the store to the bag.
import type { Catalogue, Item, RecordBody } from "../../generated/contract";
import type { CommonBody } from "../around";

/** Items that are counted in bags. */
export function stockItems(catalogue: Catalogue): readonly Item[] {
  return catalogue.items.filter((item) => item.stock === true && item.retired !== true);
}

/** The record; undefined while nothing was received. */
export function stockOf(received: Readonly<Record<string, number>>, common: CommonBody, catalogue: Catalogue): RecordBody | undefined {
  const lines = stockItems(catalogue).flatMap(({ code }) => {
    const quantity = received[code] ?? 0;
    return quantity > 0 ? [{ item: code, quantity }] : [];
  });
  if (lines.length === 0) return undefined;
  return { kind: "stock_move", body: { ...common, lines, from: "store", to: "bag", reason: "issue" } };
}
