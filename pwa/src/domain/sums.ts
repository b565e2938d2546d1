// The five sums of a day that the phone keeps: contacts, new, syringes out, syringes in, naloxone kits.
import type { Catalogue, DaySums, Line, RecordBody } from "../generated/contract";

/** Nothing yet. */
export const ZERO: DaySums = { contacts: 0, new_contacts: 0, syringes_out: 0, syringes_in: 0, naloxone_kits: 0 };

function lineSums(lines: readonly Line[], catalogue: Catalogue): DaySums {
  const sums = { ...ZERO };
  for (const line of lines) {
    const item = catalogue.items.find((one) => one.code === line.item);
    if (item === undefined) continue;
    const syringes = line.quantity * (item.syringes_per_unit ?? 0);
    if (line.direction === "in") sums.syringes_in += syringes;
    else {
      sums.syringes_out += syringes;
      if ((item.doses_per_unit ?? 0) > 0) sums.naloxone_kits += line.quantity;
    }
  }
  return sums;
}

/** What a record adds to its day. */
export function sumsOf({ kind, body }: RecordBody, catalogue: Catalogue): DaySums {
  switch (kind) {
    case "contact":
      return { ...lineSums(body.lines ?? [], catalogue), contacts: 1, new_contacts: body.returning === "new" ? 1 : 0 };
    case "tally_sheet":
      return { ...lineSums(body.lines ?? [], catalogue), contacts: body.contacts };
    case "group_session":
      return lineSums(body.lines ?? [], catalogue);
    default:
      return ZERO;
  }
}

/** What a record adds more than another, or less: how sums change when one takes the other's place. */
export function differenceOf(after: DaySums, before: DaySums): DaySums {
  return {
    contacts: after.contacts - before.contacts,
    new_contacts: after.new_contacts - before.new_contacts,
    syringes_out: after.syringes_out - before.syringes_out,
    syringes_in: after.syringes_in - before.syringes_in,
    naloxone_kits: after.naloxone_kits - before.naloxone_kits,
  };
}

/** Adds `times` × `b` to `a`; −1 takes an undone contact back. No sum falls below zero. */
export function addSums(a: DaySums, b: DaySums, times = 1): DaySums {
  const add = (x: number, y: number): number => Math.max(0, x + times * y);
  return {
    contacts: add(a.contacts, b.contacts),
    new_contacts: add(a.new_contacts, b.new_contacts),
    syringes_out: add(a.syringes_out, b.syringes_out),
    syringes_in: add(a.syringes_in, b.syringes_in),
    naloxone_kits: add(a.naloxone_kits, b.naloxone_kits),
  };
}
