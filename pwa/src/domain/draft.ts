// The open form: what was tapped so far, and the taps as pure functions. It lives in memory only.
import type {
  Injects,
  Item,
  NaloxoneReason,
  ReferralStatus,
  ReferralWay,
  ReturnMeasure,
  ReturnMethod,
  Returning,
  TestResult,
} from "../generated/contract";
import { measuredQuantity } from "./measured";

/** A referral on the form. */
export interface DraftReferral {
  service: string;
  slip: string;
  way: ReferralWay;
  status: ReferralStatus;
  /** Provider of the catalogue, if one was named. */
  provider?: string;
}

/** What was handed out and taken back so far. */
export interface Given {
  /** Quantities out by item code, kits apart. */
  out: Readonly<Record<string, number>>;
  /** Quantities in by item code. */
  back: Readonly<Record<string, number>>;
  /** Kits by code. */
  kits: Readonly<Record<string, number>>;
  returnMethod: ReturnMethod;
  /** What was weighed or filled, in the unit of the method's measure; the quantity in follows from it. 0: nothing was measured. */
  returnValue: number;
  naloxoneReason: NaloxoneReason;
}

/** What was tapped so far; `undefined` is "not tapped". */
export interface Draft extends Given {
  gender: string | undefined;
  ageBand: string | undefined;
  returning: Returning | undefined;
  referrals: readonly DraftReferral[];
  code: string;
  codeRefused: boolean;
  forOthers: number;
  injects: Exclude<Injects, "assumed"> | undefined;
  topics: readonly string[];
  unmet: readonly string[];
  tests: Readonly<Record<string, TestResult>>;
  /** Made from the contact before, on purpose: nobody asks whether it is the same by mistake. */
  again: boolean;
}

/** Nothing handed out or taken back. */
export const NOTHING_GIVEN: Given = { out: {}, back: {}, kits: {}, returnMethod: "reported", returnValue: 0, naloxoneReason: "not_asked" };

/** An untouched form. */
export const EMPTY: Draft = {
  ...NOTHING_GIVEN,
  gender: undefined,
  ageBand: undefined,
  returning: undefined,
  referrals: [],
  code: "",
  codeRefused: false,
  forOthers: 0,
  injects: undefined,
  topics: [],
  unmet: [],
  tests: {},
  again: false,
};

/** Greatest quantity of a line. */
export const MAX_QUANTITY = 100_000;

/** Whether anything was tapped or typed. */
export function isTouched(draft: Draft): boolean {
  return JSON.stringify(draft) !== JSON.stringify(EMPTY);
}

/** Sets a quantity; nothing stays of a zero. */
export function quantity(list: Readonly<Record<string, number>>, code: string, n: number): Readonly<Record<string, number>> {
  const { [code]: _gone, ...rest } = list;
  const whole = Math.min(MAX_QUANTITY, Math.max(0, Math.trunc(n)));
  return whole === 0 ? rest : { ...rest, [code]: whole };
}

/** A tap on a cell, a row's name, a column's head or the corner; the same tap again clears it. */
export function tapCell(draft: Draft, gender: string, ageBand: string): Draft {
  const same = draft.gender === gender && draft.ageBand === ageBand;
  return { ...draft, gender: same ? undefined : gender, ageBand: same ? undefined : ageBand };
}

/** A tap on New, Returning or ?; the same tap again clears it. */
export function tapReturning(draft: Draft, returning: Returning): Draft {
  return { ...draft, returning: draft.returning === returning ? undefined : returning };
}

/** A tap on a quantity chip: it sets the quantity, the same chip again clears it. */
export function tapChip(draft: Draft, item: string, n: number): Draft {
  return { ...draft, out: quantity(draft.out, item, draft.out[item] === n ? 0 : n) };
}

/** Sets the quantity out of an item. */
export function setOut<G extends Given>(draft: G, item: string, n: number): G {
  return { ...draft, out: quantity(draft.out, item, n) };
}

/** Sets the quantity in of an item by hand: it no longer follows from what was measured. */
export function setBack<G extends Given>(draft: G, item: string, n: number): G {
  return { ...draft, returnValue: 0, back: quantity(draft.back, item, n) };
}

/** Sets how the quantity in was found; what was measured by another method is forgotten, the pieces stay. */
export function setReturnMethod<G extends Given>(draft: G, method: ReturnMethod): G {
  return draft.returnMethod === method ? draft : { ...draft, returnMethod: method, returnValue: 0 };
}

/** Sets what was measured of an item: the quantity in follows from it. */
export function setReturnValue<G extends Given>(draft: G, item: string, value: number, { factor }: ReturnMeasure): G {
  return { ...draft, returnValue: value, back: quantity(draft.back, item, measuredQuantity(value, factor)) };
}

/** Sets how many of a kit. */
export function setKit<G extends Given>(draft: G, kit: string, n: number): G {
  return { ...draft, kits: quantity(draft.kits, kit, Math.min(n, 99)) };
}

/** A tap on a service: a referral with a slip, or none again. `slip` is a fresh number. */
export function tapService(draft: Draft, service: string, slip: string): Draft {
  const without = draft.referrals.filter((one) => one.service !== service);
  if (without.length < draft.referrals.length) return { ...draft, referrals: without };
  return { ...draft, referrals: [...draft.referrals, { service, slip, way: "slip", status: "issued" }] };
}

/** Changes how a referral was made, or that it was not wanted. */
export function setReferral(draft: Draft, service: string, change: Partial<Pick<DraftReferral, "way" | "status">>): Draft {
  return { ...draft, referrals: draft.referrals.map((one) => (one.service === service ? { ...one, ...change } : one)) };
}

/** Names the provider of a referral, or none. */
export function setProvider(draft: Draft, service: string, provider: string | undefined): Draft {
  const change = ({ provider: _before, ...rest }: DraftReferral): DraftReferral => (provider === undefined ? rest : { ...rest, provider });
  return { ...draft, referrals: draft.referrals.map((one) => (one.service === service ? change(one) : one)) };
}

/** Adds a code to a list or takes it out. */
export function toggle(list: readonly string[], code: string): readonly string[] {
  return list.includes(code) ? list.filter((one) => one !== code) : [...list, code];
}

/** The next contact, just the same: everything but the person's code, and with fresh slips. */
export function sameAgain(draft: Draft, freshSlip: () => string): Draft {
  return { ...draft, again: true, code: "", codeRefused: false, referrals: draft.referrals.map((one) => ({ ...one, slip: freshSlip() })) };
}

/** Syringes out so far, kits included, for the figure beside the chips. */
export function syringesOut(lines: readonly (readonly [item: string, n: number])[], items: readonly Item[]): number {
  return lines.reduce((sum, [code, n]) => sum + n * (items.find((item) => item.code === code)?.syringes_per_unit ?? 0), 0);
}
