// Every exact measure of some days, sorted into tables. A percentage is over what is known; without anything known there is none.
import type { Catalogue } from "../../generated/contract";
import { ENUMS, type EnumName } from "./enums";
import type { ListName } from "./fields";

/** Sums by the stable name of a measure. */
export type Measures = Readonly<Record<string, number>>;

/** Names of the tables, in their order. */
export type TableName =
  | "contacts"
  | "syringes"
  | "naloxone"
  | "items"
  | "unmet"
  | "referrals"
  | "tests"
  | "topics"
  | "overdoses"
  | "outcomes"
  | "incidents"
  | "perpetrators"
  | "groups"
  | "collection"
  | "shifts"
  | "debriefs"
  | "expenses"
  | "stock";

/** What a row or column is about: words of our own, an entry of the catalogue, or a value of a closed list. */
export type Label = { is: "words"; key: string } | { is: "code"; of: ListName; code: string } | { is: "enum"; of: EnumName; value: string };

/** A figure and how it is written; money is in hundredths, a share from 0 to 1. */
export interface Figure {
  n: number;
  as: "count" | "money" | "share" | "ratio";
}

/** A row with a figure, or none, for each column. */
export interface CountRow {
  label: Label;
  figures: (Figure | undefined)[];
  /** A part of the row above. */
  under?: true;
}

/** A table. */
export interface CountTable {
  name: TableName;
  columns: Label[];
  rows: CountRow[];
}

const words = (key: string): Label => ({ is: "words", key });
const count = (n: number): Figure => ({ n, as: "count" });
const money = (n: number): Figure => ({ n, as: "money" });

/** A share or ratio; none where there is nothing to divide by. */
function over(n: number, whole: number, as: "share" | "ratio" = "share"): Figure | undefined {
  return whole > 0 ? { n: n / whole, as } : undefined;
}

const under = (row: CountRow): CountRow => ({ ...row, under: true });

/** Reads the measures of one answer. */
class Reader {
  constructor(
    private readonly measures: Measures,
    private readonly catalogue: Catalogue,
  ) {}

  readonly of = (name: string): number => this.measures[name] ?? 0;

  /** Codes of a list that any measure beginning so names, in the order of the catalogue. */
  codes(list: ListName, ...prefixes: readonly string[]): string[] {
    const found = new Set<string>();
    for (const [name, n] of Object.entries(this.measures)) {
      const prefix = prefixes.find((one) => name.startsWith(one));
      if (prefix !== undefined && n !== 0) found.add(name.slice(prefix.length).split(".")[0] ?? "");
    }
    const order = (this.catalogue[list] ?? []).map((entry) => entry.code);
    const rank = (code: string): number => (order.includes(code) ? order.indexOf(code) : order.length);
    return [...found].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  }

  /** A row of one figure with its share of a whole, if it has one. */
  row(label: Label, name: string, whole?: number): CountRow {
    return { label, figures: [count(this.of(name)), whole === undefined ? undefined : over(this.of(name), whole)] };
  }

  /** A row for each value of a closed list that any measure names; the share is of what is known. */
  values(of: EnumName, prefix: string, unknown?: string): CountRow[] {
    const known = ENUMS[of].reduce((sum, value) => sum + (value === unknown ? 0 : this.of(prefix + value)), 0);
    return ENUMS[of].filter((value) => this.of(prefix + value) !== 0).map((value) => under(this.row({ is: "enum", of, value }, prefix + value, value === unknown ? undefined : known)));
  }

  /** A row for each code. */
  entries(of: ListName, prefix: string, whole?: number): CountRow[] {
    return this.codes(of, prefix).map((code) => this.row({ is: "code", of, code }, prefix + code, whole));
  }
}

const NUMBER_AND_SHARE: Label[] = [words("number"), words("share")];

function contacts(of: Reader): CountTable {
  const all = of.of("contacts");
  return {
    name: "contacts",
    columns: NUMBER_AND_SHARE,
    rows: [
      of.row(words("contacts"), "contacts"),
      of.row(words("contacts_new"), "contacts.new", all),
      of.row(words("contacts_coded"), "contacts.coded", all),
      of.row(words("for_others"), "contacts.for_others"),
      of.row(words("sheets"), "sheets"),
    ],
  };
}

function syringes(of: Reader): CountTable {
  const [out, back] = [of.of("syringes.out"), of.of("syringes.in")];
  const ratio: CountRow = { label: words("return_ratio"), figures: [over(back, out, "ratio"), undefined] };
  return {
    name: "syringes",
    columns: NUMBER_AND_SHARE,
    rows: [of.row(words("syringes_out"), "syringes.out"), of.row(words("syringes_in"), "syringes.in"), ...of.values("method", "in.method."), ratio],
  };
}

function naloxone(of: Reader): CountTable {
  return {
    name: "naloxone",
    columns: NUMBER_AND_SHARE,
    rows: [of.row(words("naloxone_kits"), "naloxone.kits"), ...of.values("naloxone", "naloxone.reason.", "not_asked"), of.row(words("naloxone_doses"), "naloxone.doses")],
  };
}

function items(of: Reader): CountTable {
  const names = ["item.out.", "item.in.", "recipients."] as const;
  return {
    name: "items",
    columns: [words("out"), words("in"), words("recipients")],
    rows: of.codes("items", ...names).map((code) => ({ label: { is: "code", of: "items", code }, figures: names.map((name) => count(of.of(name + code))) })),
  };
}

const STAGES = ["offered", "issued", "attended", "completed"] as const;

function referrals(of: Reader): CountTable {
  const services = of.codes("services", ...STAGES.map((stage) => `referral.${stage}.`));
  const row = (label: Label, sum: (name: string) => number): CountRow => ({
    label,
    figures: [...STAGES.map((stage) => count(sum(stage))), over(sum("completed"), sum("issued")), over(sum("known"), sum("issued"))],
  });
  const rows = services.map((code) => row({ is: "code", of: "services", code }, (stage) => of.of(`referral.${stage}.${code}`)));
  const total = row(words("total"), (stage) => services.reduce((sum, code) => sum + of.of(`referral.${stage}.${code}`), 0));
  return { name: "referrals", columns: [...STAGES, "completion", "known"].map(words), rows: rows.length > 1 ? [...rows, total] : rows };
}

function tests(of: Reader): CountTable {
  const kinds = of.codes("services", "test.");
  return {
    name: "tests",
    columns: ENUMS.test.map((value) => ({ is: "enum", of: "test", value })),
    rows: kinds.map((code) => ({ label: { is: "code", of: "services", code }, figures: ENUMS.test.map((result) => count(of.of(`test.${code}.${result}`))) })),
  };
}

function overdoses(of: Reader): CountTable {
  const row = (name: string): CountRow => {
    const [yes, no, unknown] = ENUMS.answer.map((answer) => of.of(`overdose.${name}.${answer}`)) as [number, number, number];
    return { label: words(`overdose_${name}`), figures: [count(yes), count(no), count(unknown), over(yes, yes + no)] };
  };
  return {
    name: "overdoses",
    columns: [...ENUMS.answer.map((value): Label => ({ is: "enum", of: "answer", value })), words("share_known")],
    rows: of.of("overdose") === 0 ? [] : ["naloxone", "ambulance", "police"].map(row),
  };
}

function outcomes(of: Reader): CountTable {
  const doses: CountRow = { label: words("doses_each"), figures: [over(of.of("overdose.doses"), of.of("overdose.dosed"), "ratio"), undefined] };
  return {
    name: "outcomes",
    columns: [words("number"), words("share_known")],
    rows: [of.row(words("overdoses"), "overdose"), ...of.values("outcome", "overdose.outcome.", "unknown"), doses],
  };
}

function incidents(of: Reader): CountTable {
  const all = of.of("incident");
  const severity = ENUMS.severity.filter((value) => of.of(`incident.severity.${value}`) !== 0);
  return {
    name: "incidents",
    columns: NUMBER_AND_SHARE,
    rows: [
      of.row(words("incidents"), "incident"),
      ...of.entries("incident_kinds", "incident.kind.", all).map(under),
      ...severity.map((value) => under(of.row({ is: "enum", of: "severity", value }, `incident.severity.${value}`, all))),
      of.row(words("supported"), "incident.supported", all),
      of.row(words("closed"), "incident.closed", all),
    ],
  };
}

function shifts(of: Reader): CountTable {
  return {
    name: "shifts",
    columns: NUMBER_AND_SHARE,
    rows: [
      of.row(words("shifts_planned"), "shift.planned"),
      of.row(words("shifts_done"), "shift.done"),
      of.row(words("shifts_missed"), "shift.missed", of.of("shift.planned")),
      of.row(words("shifts_cancelled"), "shift.cancelled"),
      of.row(words("shifts_alone"), "shift.alone", of.of("shift.done")),
    ],
  };
}

function expenses(of: Reader): CountTable {
  const kinds = of.codes("expense_kinds", "expense.kind.");
  return {
    name: "expenses",
    columns: [words("number"), words("amount")],
    rows: [
      { label: words("expenses"), figures: [count(of.of("expense")), money(of.of("expense.amount"))] },
      ...kinds.map((code) => under({ label: { is: "code", of: "expense_kinds", code }, figures: [undefined, money(of.of(`expense.kind.${code}`))] })),
    ],
  };
}

/** What went into bags against what left them (I19); the difference is left in bags, or was not written down. */
function stock(of: Reader): CountTable {
  const kinds = ["stock.issued.", "stock.returned.", "stock.lost."] as const;
  return {
    name: "stock",
    columns: [words("issued"), words("out"), words("returned"), words("lost"), words("difference")],
    rows: of.codes("items", ...kinds).map((code): CountRow => {
      const [issued, returned, lost] = kinds.map((kind) => of.of(kind + code)) as [number, number, number];
      const out = of.of(`item.out.${code}`);
      return { label: { is: "code", of: "items", code }, figures: [issued, out, returned, lost, issued - out - returned - lost].map(count) };
    }),
  };
}

/** A table of rows with a number and perhaps a share. */
function simple(name: TableName, rows: CountRow[]): CountTable {
  return { name, columns: NUMBER_AND_SHARE, rows };
}

/** A column in which no row has a figure is left out. */
function narrowed(table: CountTable): CountTable {
  const used = table.columns.map((_, n) => table.rows.some((row) => row.figures[n] !== undefined));
  return {
    ...table,
    columns: table.columns.filter((_, n) => used[n]),
    rows: table.rows.map((row) => ({ ...row, figures: row.figures.filter((_, n) => used[n]) })),
  };
}

const isSome = (row: CountRow): boolean => row.figures.some((figure) => figure !== undefined && figure.n !== 0);

/** The tables of what there is; a table of nothing but zeros is left out, and so is a row of such a list. */
export function countTables(measures: Measures, catalogue: Catalogue): CountTable[] {
  const of = new Reader(measures, catalogue);
  const all: CountTable[] = [
    contacts(of),
    syringes(of),
    naloxone(of),
    items(of),
    simple("unmet", of.entries("items", "unmet.")),
    referrals(of),
    tests(of),
    simple("topics", of.entries("topics", "topic.")),
    outcomes(of),
    overdoses(of),
    incidents(of),
    simple("perpetrators", of.entries("perpetrators", "incident.by.", of.of("incident"))),
    simple("groups", [of.row(words("groups"), "groups"), of.row(words("attendees"), "groups.attendees"), of.row(words("mentoring"), "groups.mentoring")]),
    simple("collection", [of.row(words("collected"), "collection.syringes"), ...of.values("method", "collection.method.")]),
    shifts(of),
    // What debriefs say is withheld from most: none is not nought there, so it takes no row.
    simple("debriefs", [of.row(words("debriefs"), "debrief"), of.row(words("heavy"), "debrief.heavy", of.of("debrief")), of.row(words("talk"), "debrief.talk", of.of("debrief"))].filter(isSome)),
    expenses(of),
    stock(of),
  ];
  return all.map((table) => ({ ...table, rows: table.rows.filter((row) => isSome(row) || row.figures.some((figure) => figure?.as === "share")) })).filter((table) => table.rows.some(isSome)).map(narrowed);
}
