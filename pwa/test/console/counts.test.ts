// Measures become tables: nothing is lost, shares are over what is known, and the file runs no formula.
import { describe, expect, it } from "vitest";
import { countTables, type CountTable, type Label, type TableName } from "../../src/domain/console/counts";
import { csvOf } from "../../src/domain/console/csv";
import work from "../../src/i18n/en/console/work";
import { CATALOGUE } from "./samples";

const key = (label: Label): string => (label.is === "words" ? label.key : label.is === "code" ? label.code : label.value);

function find(measures: Record<string, number>, name: TableName): CountTable | undefined {
  return countTables(measures, CATALOGUE).find((table) => table.name === name);
}

/** A table in short: rows by name, figures by column. */
function short(measures: Record<string, number>, name: TableName): Record<string, Record<string, number>> {
  const table = find(measures, name);
  const figures = (row: CountTable["rows"][number]) => row.figures.flatMap((figure, n) => (figure === undefined ? [] : [[key(table!.columns[n]!), figure.n] as const]));
  return Object.fromEntries((table?.rows ?? []).map((row) => [key(row.label), Object.fromEntries(figures(row))]));
}

describe("the tables", () => {
  it("are none without measures, and none of zeros", () => {
    expect(countTables({}, CATALOGUE)).toEqual([]);
    expect(countTables({ contacts: 0, "overdose.outcome.died": 0 }, CATALOGUE)).toEqual([]);
  });
  it("take a share of the contacts for new and coded ones", () => {
    expect(short({ contacts: 8, "contacts.new": 2, "contacts.coded": 4, "contacts.for_others": 3 }, "contacts")).toEqual({
      contacts: { number: 8 },
      contacts_new: { number: 2, share: 0.25 },
      contacts_coded: { number: 4, share: 0.5 },
      for_others: { number: 3 },
    });
  });
  it("show syringes back by method, and more back than out", () => {
    expect(short({ "syringes.out": 10, "syringes.in": 15, "in.method.weighed": 12, "in.method.counted": 3 }, "syringes")).toEqual({
      syringes_out: { number: 10 },
      syringes_in: { number: 15 },
      counted: { number: 3, share: 0.2 },
      weighed: { number: 12, share: 0.8 },
      return_ratio: { number: 1.5 },
    });
  });
  it("leave what is not known out of the share", () => {
    const measures = { overdose: 10, "overdose.ambulance.yes": 3, "overdose.ambulance.no": 1, "overdose.ambulance.unknown": 6, "overdose.naloxone.unknown": 10 };
    expect(short(measures, "overdoses")).toEqual({ overdose_ambulance: { yes: 3, no: 1, unknown: 6, share_known: 0.75 }, overdose_naloxone: { yes: 0, no: 0, unknown: 10 } });
    const outcomes = { overdose: 5, "overdose.outcome.recovered": 3, "overdose.outcome.died": 1, "overdose.outcome.unknown": 1, "overdose.doses": 6, "overdose.dosed": 4 };
    expect(short(outcomes, "outcomes")).toEqual({
      overdoses: { number: 5 },
      recovered: { number: 3, share_known: 0.75 },
      died: { number: 1, share_known: 0.25 },
      unknown: { number: 1 },
      doses_each: { number: 1.5 },
    });
    expect(short({ "naloxone.kits": 6, "naloxone.reason.first": 1, "naloxone.reason.lost": 3, "naloxone.reason.not_asked": 2 }, "naloxone")).toMatchObject({ first: { share: 0.25 }, not_asked: { number: 2 } });
  });
  it("show referrals by how far they came, and their sum only where there are several services", () => {
    const hiv = { "referral.offered.hiv_test": 5, "referral.issued.hiv_test": 4, "referral.attended.hiv_test": 2, "referral.completed.hiv_test": 1, "referral.known.hiv_test": 3 };
    expect(short(hiv, "referrals")).toEqual({ hiv_test: { offered: 5, issued: 4, attended: 2, completed: 1, completion: 0.25, known: 0.75 } });
    expect(short({ ...hiv, "referral.offered.oat": 2, "referral.issued.oat": 1 }, "referrals")["total"]).toMatchObject({ offered: 7, issued: 5, completed: 1, completion: 0.2 });
  });
  it("have the catalogue's order, and codes that it does not know at the end", () => {
    const table = find({ "item.out.zebra": 1, "item.out.naloxone_nasal": 2, "item.in.used_syringe": 3, "item.out.ns_1ml": 4, "recipients.ns_1ml": 2 }, "items");
    expect(table?.rows.map((row) => [key(row.label), row.figures.map((figure) => figure?.n)])).toEqual([
      ["ns_1ml", [4, 0, 2]],
      ["naloxone_nasal", [2, 0, 0]],
      ["used_syringe", [0, 3, 0]],
      ["zebra", [1, 0, 0]],
    ]);
  });
  it("show answers about tests, money, and what is left in bags", () => {
    expect(short({ "test.hiv_test.offered": 2, "test.hiv_test.declined": 1 }, "tests")).toEqual({ hiv_test: { offered: 2, referred: 0, declined: 1, not_needed: 0, not_asked: 0 } });
    expect(find({ expense: 2, "expense.amount": 1250, "expense.kind.transport": 1250 }, "expenses")?.rows.map((row) => row.figures)).toEqual([
      [{ n: 2, as: "count" }, { n: 1250, as: "money" }],
      [undefined, { n: 1250, as: "money" }],
    ]);
    expect(short({ "stock.issued.ns_1ml": 100, "stock.returned.ns_1ml": 20, "stock.lost.ns_1ml": 5, "item.out.ns_1ml": 90 }, "stock")).toEqual({
      ns_1ml: { issued: 100, out: 90, returned: 20, lost: 5, difference: -15 },
    });
  });
  it("say nothing of what debriefs say where it is withheld", () => {
    expect(short({ debrief: 4 }, "debriefs")).toEqual({ debriefs: { number: 4 } });
    expect(short({ debrief: 4, "debrief.heavy": 1 }, "debriefs")).toEqual({ debriefs: { number: 4 }, heavy: { number: 1, share: 0.25 } });
  });
  it("lose no measure of those that the server makes", () => {
    const measures = Object.fromEntries(
      ["contacts", "contacts.new", "contacts.coded", "contacts.for_others", "syringes.out", "syringes.in", "naloxone.kits", "naloxone.doses", "sheets", "groups", "groups.mentoring", "groups.attendees"]
        .concat(["item.out.a", "item.in.b", "recipients.c", "in.method.counted", "naloxone.reason.spare", "unmet.d", "topic.e", "test.f.declined", "overdose", "overdose.police.yes"])
        .concat(["overdose.outcome.hospital", "incident", "incident.kind.g", "incident.by.h", "incident.supported", "incident.closed", "incident.severity.3", "collection.syringes", "collection.method.weighed"])
        .concat(["shift.planned", "shift.done", "shift.missed", "shift.cancelled", "shift.alone", "debrief", "debrief.heavy", "debrief.talk", "expense", "expense.kind.i"])
        .concat(["stock.issued.j", "stock.returned.k", "stock.lost.l", "referral.offered.m", "referral.issued.n", "referral.attended.o", "referral.completed.p"])
        .map((name, n) => [name, 1_000_003 + n * 17]),
    );
    const shown = new Set(countTables(measures, CATALOGUE).flatMap((table) => table.rows.flatMap((row) => row.figures.map((figure) => figure?.n))));
    expect(Object.entries(measures).filter(([, n]) => !shown.has(n))).toEqual([]);
    const labels = countTables(measures, CATALOGUE).flatMap((table) => [...table.columns, ...table.rows.map((row) => row.label)]);
    expect(labels.filter((label) => label.is === "words" && !(`count_${label.key}` in work))).toEqual([]);
  });
});

describe("the file", () => {
  it("quotes what must be, and runs nothing", () => {
    const rows = [["=1+1", "+a", "-b", "@c", 'say "x", y', -3, 0.25], ["\tz", "plain"]];
    expect(csvOf(rows)).toBe('\ufeff\'=1+1,\'+a,\'-b,\'@c,"say ""x"", y",-3,0.25\r\n"\'\tz",plain\r\n');
  });

  it("knows the wide characters, what stands after blanks and quotes, and other separators", () => {
    const rows = [["\uff1d1", "\uff0b1", "\uff0d1", "\uff20a", " =1", "'=1", "\ufeff=1"], ["a;=1", '"=1', "b; =1;c"], ["Men = 1", "25-34", "50+"]];
    expect(csvOf(rows)).toBe(
      "\ufeff'\uff1d1,'\uff0b1,'\uff0d1,'\uff20a,' =1,''=1,'\ufeff=1\r\n" + '"a;\'=1","\'""=1","b;\' =1;c"\r\nMen = 1,25-34,50+\r\n',
    );
  });
});
