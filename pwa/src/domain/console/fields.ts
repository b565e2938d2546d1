// What every kind of record consists of, as data: pages show a record and forms correct it by this description alone.
import type { Catalogue, RecordBody } from "../../generated/contract";
import type { EnumName } from "./enums";

/** Kind of record. */
export type Kind = RecordBody["kind"];

/** A list of the catalogue whose entries have a code and labels. */
export type ListName =
  | "sites"
  | "areas"
  | "genders"
  | "age_bands"
  | "items"
  | "services"
  | "providers"
  | "topics"
  | "incident_kinds"
  | "perpetrators"
  | "supports"
  | "expense_kinds"
  | "modules";

/** A field is there only while another one of the same record or row says one of some values. */
export type Condition = readonly [field: string, ...values: string[]];

/** How the rows of a list read as words. */
export type RowName = "line" | "referral" | "group" | "dose" | "stock";

/** What a field takes. `enum` is a closed list, `code` an entry of the catalogue, `answers` one answer per test, `clock` a wall clock with its offset. */
type Takes =
  | { type: "enum"; of: EnumName; start?: string; numeric?: true }
  | { type: "code"; of: ListName; start?: "syringe" }
  | { type: "codes"; of: ListName; least?: number }
  | { type: "number"; least: number; most: number; start?: string }
  | { type: "money" | "time" | "clock" | "worker" | "workers" | "fixed" | "measured" | "answers" }
  | { type: "date"; future?: true }
  | { type: "text"; least: number; most: number }
  | { type: "one"; of: readonly FieldSpec[]; row: RowName }
  | { type: "rows"; of: readonly FieldSpec[]; row: RowName; least?: number };

/** A field of a record or of a row. */
export type FieldSpec = Takes & {
  /** Name in the contract. */
  name: string;
  /** Ending of the key of its name in words, where the contract's name would not say enough. */
  label?: string;
  /** May be left empty. */
  optional?: true;
  /** All of these hold, or the field is neither shown nor sent. */
  when?: readonly Condition[];
  /** Only for an item that holds naloxone, or for choosing among those. */
  naloxone?: true;
};

const MEASURED: readonly Condition[] = [
  ["direction", "in"],
  ["method", "container", "weighed"],
];

const LINE: readonly FieldSpec[] = [
  { name: "item", type: "code", of: "items", start: "syringe" },
  { name: "direction", type: "enum", of: "direction" },
  { name: "quantity", type: "number", least: 1, most: 100_000, start: "1" },
  { name: "method", type: "enum", of: "method", start: "reported", when: [["direction", "in"]] },
  { name: "reason", label: "naloxone_reason", type: "enum", of: "naloxone", optional: true, when: [["direction", "out"]], naloxone: true },
  { name: "measured", type: "measured", optional: true, when: MEASURED },
];

const REFERRAL: readonly FieldSpec[] = [
  { name: "service", type: "code", of: "services" },
  { name: "provider", type: "code", of: "providers", optional: true },
  { name: "way", type: "enum", of: "way" },
  { name: "status", type: "enum", of: "status", start: "issued" },
  { name: "slip", type: "fixed", optional: true },
];

const GROUP: readonly FieldSpec[] = [
  { name: "gender", type: "code", of: "genders" },
  { name: "age_band", type: "code", of: "age_bands" },
  { name: "n", label: "people", type: "number", least: 1, most: 5_000, start: "1" },
];

const DOSE: readonly FieldSpec[] = [
  { name: "item", type: "code", of: "items", naloxone: true },
  { name: "n", label: "doses", type: "number", least: 1, most: 100, start: "1" },
];

const STOCK: readonly FieldSpec[] = [
  { name: "item", type: "code", of: "items", start: "syringe" },
  { name: "quantity", type: "number", least: 1, most: 100_000, start: "1" },
];

const LINES: FieldSpec = { name: "lines", type: "rows", of: LINE, row: "line" };
const GROUPS: FieldSpec = { name: "groups", type: "rows", of: GROUP, row: "group" };
const TOPICS: FieldSpec = { name: "topics", type: "codes", of: "topics" };

/** Where and when, of every kind. */
export const COMMON: readonly FieldSpec[] = [
  { name: "service_date", type: "date" },
  { name: "worker", type: "worker" },
  { name: "site", type: "code", of: "sites" },
  { name: "mode", type: "enum", of: "mode" },
  { name: "setting", type: "enum", of: "setting" },
];

/** A planned shift lies ahead. */
const AHEAD = COMMON.map((field): FieldSpec => (field.type === "date" ? { ...field, future: true } : field));

const OVERDOSE: readonly FieldSpec[] = [
  { name: "precision", type: "enum", of: "precision" },
  { name: "place", label: "overdose_place", type: "enum", of: "overdose_place" },
  { name: "reported_by", type: "enum", of: "reported_by" },
  { name: "outcome", type: "enum", of: "outcome" },
  { name: "naloxone", type: "enum", of: "answer" },
  { name: "doses", label: "doses_given", type: "rows", of: DOSE, row: "dose", when: [["naloxone", "yes"]] },
  { name: "ambulance", type: "enum", of: "answer" },
  { name: "no_ambulance", type: "enum", of: "no_ambulance", optional: true, when: [["ambulance", "no"]] },
  { name: "police", type: "enum", of: "answer" },
  { name: "gender", type: "code", of: "genders", optional: true },
  { name: "age_band", type: "code", of: "age_bands", optional: true },
];

/** The fields of every kind, in the order of its page and form, after what all have. */
const OWN: Readonly<Record<Kind, readonly FieldSpec[]>> = {
  contact: [
    { name: "gender", type: "code", of: "genders" },
    { name: "age_band", type: "code", of: "age_bands" },
    { name: "returning", type: "enum", of: "returning" },
    { name: "injects", type: "enum", of: "injects" },
    { name: "for_others", type: "number", least: 0, most: 99, start: "0" },
    LINES,
    { name: "referrals", type: "rows", of: REFERRAL, row: "referral" },
    TOPICS,
    { name: "unmet", type: "codes", of: "items" },
    { name: "tests", type: "answers" },
  ],
  tally_sheet: [{ name: "contacts", type: "number", least: 0, most: 5_000 }, GROUPS, LINES],
  group_session: [
    { name: "session", type: "enum", of: "session" },
    { name: "attendees", type: "number", least: 0, most: 5_000 },
    { name: "facilitators", type: "workers" },
    TOPICS,
    GROUPS,
    LINES,
  ],
  overdose: OVERDOSE,
  incident: [
    { name: "affects", type: "enum", of: "affects", optional: true },
    { name: "severity", type: "enum", of: "severity", numeric: true },
    { name: "status", label: "handling", type: "enum", of: "handling" },
    { name: "response_due", type: "date", optional: true, future: true },
    { name: "kinds", label: "incident_kinds", type: "codes", of: "incident_kinds", least: 1 },
    { name: "by", type: "codes", of: "perpetrators" },
    { name: "support", type: "codes", of: "supports" },
  ],
  collection: [
    { name: "item", type: "code", of: "items" },
    { name: "quantity", type: "number", least: 1, most: 100_000 },
    { name: "method", type: "enum", of: "method" },
    { name: "measured", type: "measured", optional: true, when: [["method", "container", "weighed"]] },
  ],
  referral: [{ name: "referral", type: "one", of: REFERRAL, row: "referral" }],
  referral_event: [
    { name: "service", type: "code", of: "services" },
    { name: "slip", type: "text", least: 6, most: 6 },
    { name: "status", type: "enum", of: "status" },
    { name: "source", type: "enum", of: "source" },
  ],
  shift: [
    { name: "state", label: "shift_state", type: "enum", of: "shift" },
    { name: "from", label: "planned_from", type: "time", optional: true },
    { name: "until", label: "planned_until", type: "time", optional: true },
    { name: "area", type: "code", of: "areas", optional: true },
    { name: "with", type: "workers" },
    { name: "check_in", type: "clock", optional: true },
    { name: "check_out", type: "clock", optional: true },
  ],
  debrief: [
    { name: "talk", type: "enum", of: "talk" },
    { name: "heavy", type: "enum", of: "heavy", optional: true },
    { name: "mood", type: "enum", of: "mood", numeric: true, optional: true },
  ],
  expense: [
    { name: "kind", label: "expense_kind", type: "code", of: "expense_kinds" },
    { name: "amount", type: "money" },
    { name: "currency", type: "text", least: 3, most: 3 },
    { name: "status", label: "expense_status", type: "enum", of: "expense" },
  ],
  stock_move: [
    { name: "reason", label: "stock_reason", type: "enum", of: "stock_reason" },
    { name: "from", label: "stock_from", type: "enum", of: "stock_place" },
    { name: "to", label: "stock_to", type: "enum", of: "stock_place" },
    { name: "lines", label: "stock_lines", type: "rows", of: STOCK, row: "stock", least: 1 },
  ],
  answer: [
    { name: "reply", type: "enum", of: "reply" },
    { name: "number", type: "number", least: 0, most: 100_000, when: [["reply", "number"]] },
  ],
};

/** Every kind, in the order in which they are offered. */
export const KINDS = Object.keys(OWN) as readonly Kind[];

/** The fields of a kind that are its own. */
export function ownFields(kind: Kind): readonly FieldSpec[] {
  return OWN[kind];
}

/** All fields of a kind. */
export function fieldsOf(kind: Kind): readonly FieldSpec[] {
  return [...(kind === "shift" ? AHEAD : COMMON), ...OWN[kind]];
}

/** Ending of the key of a field's name in words. */
export function labelOf(field: FieldSpec): string {
  return field.label ?? field.name;
}

/** Codes of the items that hold naloxone. */
export function naloxoneItems(catalogue: Catalogue): ReadonlySet<string> {
  return new Set(catalogue.items.filter((item) => (item.doses_per_unit ?? 0) > 0).map((item) => item.code));
}
