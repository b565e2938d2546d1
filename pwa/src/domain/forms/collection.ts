// From what was tapped about a clean-up to its record. What was measured gives the pieces by the programme's factor, rounded half up.
import type { Catalogue, RecordBody, ReturnMeasure, ReturnMethod } from "../../generated/contract";
import type { CommonBody } from "../around";
import { MAX_QUANTITY } from "../draft";
import { measuredBy, measuredQuantity, measureOf } from "../measured";

/** How found syringes are counted; nobody tells how many lay there. */
export type CollectionMethod = Exclude<ReturnMethod, "reported">;

/** What was tapped so far. */
export interface CollectionTaps {
  method?: CollectionMethod | undefined;
  /** The number as typed: pieces, or units where the programme has a factor. */
  typed: string;
}

/** How many pieces a unit holds, where the programme says so for the chosen method. */
export function measureFor(method: CollectionMethod | undefined, catalogue: Catalogue): ReturnMeasure | undefined {
  return method === undefined || method === "counted" ? undefined : measureOf(catalogue, method);
}

/** Pieces, counted or estimated. */
export function piecesOf({ method, typed }: CollectionTaps, catalogue: Catalogue): number {
  const value = Number(typed === "" ? "0" : typed);
  const factor = measureFor(method, catalogue)?.factor ?? 1;
  return measuredQuantity(value, factor);
}

/** Greatest number that may be typed: it gives no more pieces than a record takes. */
export function mostOf(method: CollectionMethod | undefined, catalogue: Catalogue): number {
  return MAX_QUANTITY / Math.max(1, measureFor(method, catalogue)?.factor ?? 1);
}

/** The record; undefined while the way of counting or the number is not said. */
export function collectionOf(taps: CollectionTaps, common: CommonBody, catalogue: Catalogue): RecordBody | undefined {
  const { method, typed } = taps;
  const quantity = piecesOf(taps, catalogue);
  if (method === undefined || quantity < 1) return undefined;
  const measure = measureFor(method, catalogue);
  return {
    kind: "collection",
    body: {
      ...common,
      item: catalogue.pad.return_item,
      quantity,
      method,
      ...(measure === undefined ? {} : { measured: measuredBy(measure, Number(typed)) }),
    },
  };
}
