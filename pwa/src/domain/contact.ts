// From the open form to the body of a contact, and to the plaintext that is sealed.
import { CONSTANTS, type Catalogue, type ClientCode, type Contact, type Injects, type Line, type RecordBody } from "../generated/contract";
import { normalise } from "./client-code";
import { commonOf, type Surroundings } from "./around";
import type { Draft, Given } from "./draft";
import { measuredBy, measuredQuantity, measureOf } from "./measured";

/** Quantities out by item, kits opened, in the catalogue's order. */
export function linesOut(draft: Pick<Given, "out" | "kits">, catalogue: Catalogue): [item: string, n: number][] {
  const total = new Map(Object.entries(draft.out));
  for (const [code, n] of Object.entries(draft.kits)) {
    for (const line of catalogue.kits.find((kit) => kit.code === code)?.lines ?? []) {
      total.set(line.item, (total.get(line.item) ?? 0) + n * line.quantity);
    }
  }
  return catalogue.items.filter((item) => total.has(item.code)).map((item) => [item.code, total.get(item.code) ?? 0]);
}

/** What was handed out and taken back, as the lines of a record. */
export function linesOf(draft: Given, catalogue: Catalogue): Line[] {
  const out = linesOut(draft, catalogue).map(([code, n]): Line => {
    const doses = catalogue.items.find((item) => item.code === code)?.doses_per_unit ?? 0;
    return { item: code, direction: "out", quantity: n, ...(doses > 0 ? { reason: draft.naloxoneReason } : {}) };
  });
  const measure = measureOf(catalogue, draft.returnMethod);
  const measured = measure === undefined || draft.returnValue === 0 ? undefined : measuredBy(measure, draft.returnValue);
  const back = Object.entries(draft.back).map(([code, n]): Line => {
    const follows = measured !== undefined && measuredQuantity(measured.value, measured.factor) === n;
    return { item: code, direction: "in", quantity: n, method: draft.returnMethod, ...(follows ? { measured } : {}) };
  });
  return [...out, ...back];
}

function injects(draft: Draft, catalogue: Catalogue): Injects {
  if (draft.injects !== undefined) return draft.injects;
  const syringes = linesOut(draft, catalogue).some(([code]) => (catalogue.items.find((item) => item.code === code)?.syringes_per_unit ?? 0) > 0);
  return syringes && catalogue.pad.assume_injects === true ? "assumed" : "not_asked";
}

/** Whether what was typed is too short to count as a code. */
export function codeTooShort(draft: Draft): boolean {
  return draft.code.trim() !== "" && normalise(draft.code) === undefined;
}

function clientCode(draft: Draft, otherwise: "none" | "keep"): ClientCode {
  const typed = draft.code.trim();
  return typed === "" || codeTooShort(draft) ? otherwise : { set: typed };
}

/** What the form adds to the least that a contact has. Defaults are left out: a simple contact then fits 512 padded bytes. */
function extras(draft: Draft, catalogue: Catalogue): Partial<Contact> {
  const found: Partial<Contact> = {};
  if (draft.forOthers > 0) found.for_others = draft.forOthers;
  if (draft.codeRefused) found.code_refused = true;
  if (draft.topics.length > 0) found.topics = [...draft.topics];
  if (draft.unmet.length > 0) found.unmet = [...draft.unmet];
  const moved = linesOf(draft, catalogue);
  if (moved.length > 0) found.lines = moved;
  if (draft.referrals.length > 0) {
    // What was not wanted has no slip that could come back.
    found.referrals = draft.referrals.map(({ slip, ...rest }) => (rest.status === "declined" ? rest : { slip, ...rest }));
  }
  const tests = Object.entries(draft.tests).map(([kind, result]) => ({ kind, result }));
  if (tests.length > 0) found.tests = tests;
  return found;
}

/** The contact that the form says. What was not tapped is `unknown` or `not_asked`. A correction without a code keeps the one that was given. */
export function toContact(draft: Draft, catalogue: Catalogue, around: Surroundings, code: "none" | "keep" = "none"): Contact {
  return {
    ...commonOf(around, catalogue),
    returning: draft.returning ?? "not_asked",
    gender: draft.gender ?? "unknown",
    age_band: draft.ageBand ?? "unknown",
    injects: injects(draft, catalogue),
    code: clientCode(draft, code),
    ...extras(draft, catalogue),
  };
}

/** Plaintext of a record. */
export function putPlaintext({ kind, body }: RecordBody): string {
  return JSON.stringify({ kind, schema: CONSTANTS.SCHEMAS[kind], body });
}

/** Plaintext of a removal. */
export function voidPlaintext(reason: string): string {
  return JSON.stringify({ reason });
}
