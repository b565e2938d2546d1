// The worker's bag: what the last pull said of it, what was saved since, and its hand-over at the end of a shift.
import type { BagLine, RecordBody, StockMove } from "../generated/contract";
import type { CommonBody } from "./around";

/** What a saved op moved that the last pull does not know of. */
export interface BagMove extends BagLine {
  op: string;
}

/** What a record moves: out of the bag into hands, into the bag, back to the store, or lost from it. */
export function movesOf({ kind, body }: RecordBody): BagLine[] {
  switch (kind) {
    case "contact":
    case "tally_sheet":
    case "group_session":
      return (body.lines ?? []).flatMap(({ item, direction, quantity }) => (direction === "out" ? [{ item, carried: 0, given: quantity, lost: 0 }] : []));
    case "stock_move":
      return body.lines.flatMap(({ item, quantity }) => {
        if (body.to === "bag") return [{ item, carried: quantity, given: 0, lost: 0 }];
        if (body.from !== "bag") return [];
        return [body.to === "store" ? { item, carried: -quantity, given: 0, lost: 0 } : { item, carried: 0, given: 0, lost: quantity }];
      });
    default:
      return [];
  }
}

/** The moves of an op, or what takes them back. */
export function movesBy(op: string, moves: readonly BagLine[], times: 1 | -1): BagMove[] {
  return moves.map(({ item, carried, given, lost }) => ({ op, item, carried: times * carried, given: times * given, lost: times * lost }));
}

/** The bag now, by item in the order of the pull. */
export function bagNow(bag: readonly BagLine[], moves: readonly BagLine[]): BagLine[] {
  const lines = new Map(bag.map((line) => [line.item, { ...line }]));
  for (const { item, carried, given, lost } of moves) {
    const line = lines.get(item) ?? { item, carried: 0, given: 0, lost: 0 };
    lines.set(item, { item, carried: line.carried + carried, given: line.given + given, lost: line.lost + lost });
  }
  return [...lines.values()];
}

/** What was tapped at the hand-over. */
export interface HandOver {
  /** Lost, beside what is known already. */
  lost: Readonly<Record<string, number>>;
  /** Counted as left, where it was counted. */
  left: Readonly<Record<string, number>>;
  /** What is left goes back to the store. */
  back: boolean;
}

export const NO_HANDOVER: HandOver = { lost: {}, left: {}, back: false };

/** A line of the hand-over. */
export interface HandOverLine extends BagLine {
  /** Lost, as tapped now. */
  lostNow: number;
  /** What should be left, or what was counted. */
  left: number;
}

/** Lines for items of which something was carried, and for those that were added by hand. */
export function handOverLines(bag: readonly BagLine[], { lost, left }: HandOver, added: readonly string[]): HandOverLine[] {
  const known = bag.filter((line) => line.carried > 0);
  const others = added.filter((item) => !known.some((line) => line.item === item)).map((item) => ({ item, carried: 0, given: 0, lost: 0 }));
  return [...known, ...others].map((line) => {
    const lostNow = lost[line.item] ?? 0;
    return { ...line, lostNow, left: left[line.item] ?? Math.max(0, line.carried - line.given - line.lost - lostNow) };
  });
}

/** The stock moves of a hand-over: what was lost, and what goes back. */
export function handOverMoves(common: CommonBody, lines: readonly HandOverLine[], back: boolean): { lost?: StockMove; back?: StockMove } {
  const of = (n: (line: HandOverLine) => number): StockMove["lines"] => lines.flatMap((line) => (n(line) > 0 ? [{ item: line.item, quantity: n(line) }] : []));
  const [lost, left] = [of((line) => line.lostNow), back ? of((line) => line.left) : []];
  return {
    ...(lost.length === 0 ? {} : { lost: { ...common, reason: "lost", from: "bag", to: "outside", lines: lost } }),
    ...(left.length === 0 ? {} : { back: { ...common, reason: "return", from: "bag", to: "store", lines: left } }),
  };
}
