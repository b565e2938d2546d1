// A supervisor's correction: the contact as a form can hold it, what changed, and the body that is sent.
// The form has no client code: a correction says `keep`, and the person stays who they were.
import type { Contact, Correction, FieldError, Line, NaloxoneReason, Referral, ReturnMethod, TestAnswer, TestResult } from "../../generated/contract";

/** A line while it is being typed: numbers as text. */
export interface LineDraft {
  item: string;
  direction: Line["direction"];
  quantity: string;
  method: ReturnMethod;
  reason: NaloxoneReason | "";
  value: string;
  unit: string;
  factor: string;
}

/** The contact while it is being corrected. */
export interface Draft extends Omit<Contact, "lines" | "for_others" | "topics" | "unmet" | "tests" | "referrals" | "code"> {
  for_others: string;
  lines: LineDraft[];
  referrals: Referral[];
  topics: string[];
  unmet: string[];
  tests: TestAnswer[];
}

const text = (n: number | undefined): string => (n === undefined ? "" : String(n));

function lineDraft(line: Line): LineDraft {
  return {
    item: line.item,
    direction: line.direction,
    quantity: String(line.quantity),
    method: line.method ?? "reported",
    reason: line.reason ?? "",
    value: text(line.measured?.value),
    unit: line.measured?.unit ?? "kg",
    factor: text(line.measured?.factor),
  };
}

/** Opens a contact for correction. */
export function draftOf(contact: Contact): Draft {
  return {
    ...contact,
    for_others: String(contact.for_others ?? 0),
    lines: (contact.lines ?? []).map(lineDraft),
    referrals: [...(contact.referrals ?? [])],
    topics: [...(contact.topics ?? [])],
    unmet: [...(contact.unmet ?? [])],
    tests: [...(contact.tests ?? [])],
  };
}

/** Whether a return of this method has something that was measured. */
export function isMeasured(line: LineDraft): boolean {
  return line.direction === "in" && (line.method === "container" || line.method === "weighed");
}

/** Quantity that follows from what was measured, round half up; nothing while a number is missing. */
export function measuredQuantity(line: LineDraft): number | undefined {
  if (!isMeasured(line) || line.value.trim() === "" || line.factor.trim() === "") return undefined;
  const quantity = Math.floor(Number(line.value) * Number(line.factor) + 0.5);
  return Number.isFinite(quantity) ? quantity : undefined;
}

function lineOf(draft: LineDraft): Line {
  const quantity = measuredQuantity(draft);
  const line: Line = { item: draft.item, direction: draft.direction, quantity: quantity ?? Number(draft.quantity) };
  if (draft.direction === "in") line.method = draft.method;
  if (quantity !== undefined) line.measured = { value: Number(draft.value), unit: draft.unit.trim(), factor: Number(draft.factor) };
  if (draft.direction === "out" && draft.reason !== "") line.reason = draft.reason;
  return line;
}

/** The contact that the form states. `catalogue` is the version whose names the form offered. */
export function contactOf(draft: Draft, catalogue: number): Contact {
  return {
    ...draft,
    catalogue: Math.max(draft.catalogue, catalogue),
    for_others: Number(draft.for_others),
    lines: draft.lines.map(lineOf),
    code: "keep",
  };
}

/** The body of the correction. */
export function correctionOf(draft: Draft, catalogue: number, rev: number, reason: string): Correction {
  return { rev, reason: reason.trim(), record: { kind: "contact", body: contactOf(draft, catalogue) } };
}

const whole = (typed: string, least: number, most: number): boolean => {
  const n = Number(typed);
  return /^\d+$/u.test(typed.trim()) && n >= least && n <= most;
};

/** What a form must refuse, with the same paths and codes as the server. */
export function problemsOf(draft: Draft, reason: string, today: string): FieldError[] {
  const found: FieldError[] = [];
  const add = (path: string, code: string, bad: boolean): void => {
    if (bad) found.push({ path, code });
  };
  add("service_date", "required", draft.service_date === "");
  add("service_date", "future", draft.service_date > today);
  add("for_others", "range", !whole(draft.for_others, 0, 99));
  draft.lines.forEach((line, n) => {
    const measured = measuredQuantity(line);
    add(`lines[${n}].quantity`, "range", measured === undefined ? !whole(line.quantity, 1, 100_000) : measured < 1 || measured > 100_000);
    add(`lines[${n}].measured`, "required", isMeasured(line) && (line.value.trim() === "") !== (line.factor.trim() === ""));
    add(`lines[${n}].measured`, "required", measured !== undefined && line.unit.trim() === "");
  });
  const length = Array.from(reason.trim()).length;
  add("reason", "length", length < 3 || length > 200);
  return found;
}

/** Fields of a contact that a person can compare, in the order of the form. */
export const FIELDS = [
  "worker",
  "service_date",
  "site",
  "mode",
  "setting",
  "gender",
  "age_band",
  "returning",
  "injects",
  "for_others",
  "lines",
  "referrals",
  "topics",
  "unmet",
  "tests",
] as const;

/** One of them. */
export type FieldName = (typeof FIELDS)[number];

/** A value with its keys in order and absent, null and empty alike, so that only meaning is compared. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value ?? undefined;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, plain(inner)]),
  );
}

const EMPTY: Partial<Contact> = { for_others: 0, lines: [], referrals: [], topics: [], unmet: [], tests: [] };

/** Which fields differ between two contacts. */
export function changed(before: Contact, after: Contact): FieldName[] {
  const value = (contact: Contact, field: FieldName): string => JSON.stringify(plain(contact[field] ?? EMPTY[field]));
  return FIELDS.filter((field) => value(before, field) !== value(after, field));
}

/** The form after somebody else changed the record: what was typed stays, everything else is as it is now. */
export function rebased(opened: Contact, latest: Contact, draft: Draft, catalogue: number): Draft {
  const mine = contactOf(draft, catalogue);
  const newest = draftOf(latest);
  const kept = changed(opened, mine).map((field) => [field, draft[field]] as const);
  return { ...newest, ...Object.fromEntries(kept) };
}

/** The answer about one test kind, set or taken away. */
export function withTest(tests: readonly TestAnswer[], kind: string, result: TestResult | ""): TestAnswer[] {
  const others = tests.filter((test) => test.kind !== kind);
  return result === "" ? others : [...others, { kind, result }];
}
