// From what was tapped about an expense to its record.
import type { Catalogue, RecordBody } from "../../generated/contract";
import type { CommonBody } from "../around";
import { inParts } from "./decimal";

/** What was tapped so far. */
export interface ExpenseTaps {
  kind?: string | undefined;
  /** Amount as typed. */
  typed: string;
}

/** Greatest amount, in units of the currency. */
export const MAX_AMOUNT = 1_000_000;

/** Currency of expenses. */
export function currencyOf(catalogue: Catalogue): string {
  return catalogue.currency ?? "EUR";
}

/** Decimals that amounts in a currency are written with: none for some, never more than the hundredths that are kept. */
export function decimalsOf(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return Math.min(2, maximumFractionDigits ?? 2);
}

/** The record; undefined while the kind or the amount is not said. */
export function expenseOf({ kind, typed }: ExpenseTaps, common: CommonBody, catalogue: Catalogue): RecordBody | undefined {
  const amount = inParts(typed, 2);
  if (kind === undefined || amount < 1) return undefined;
  return { kind: "expense", body: { ...common, kind, amount, currency: currencyOf(catalogue), status: "submitted" } };
}
