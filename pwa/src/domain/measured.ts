// Returned pieces that were weighed or measured by their container instead of counted.
import type { Catalogue, Measured, ReturnMeasure, ReturnMethod } from "../generated/contract";

/** Pieces that follow from what was measured, round half up, as the server computes them. */
export function measuredQuantity(value: number, factor: number): number {
  return Math.floor(value * factor + 0.5);
}

/** How returns of a method are measured; undefined where the pieces are typed. */
export function measureOf(catalogue: Catalogue, method: ReturnMethod): ReturnMeasure | undefined {
  return (catalogue.pad.measures ?? []).find((one) => one.method === method && one.factor > 0);
}

/** What a record states beside the pieces. */
export function measuredBy(measure: ReturnMeasure, value: number): Measured {
  return { value, unit: measure.unit, factor: measure.factor };
}
