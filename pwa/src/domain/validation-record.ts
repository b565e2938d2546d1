// Rules of every kind of record, the same as shared/src/validation/record.rs and held to it by the corpus.
import {
  CONSTANTS,
  type Captured,
  type Catalogue,
  type Choice,
  type Collection,
  type Dose,
  type Expense,
  type FieldError,
  type Group,
  type GroupSession,
  type Incident,
  type Level,
  type Line,
  type Overdose,
  type QuestionAnswer,
  type RecordBody,
  type Referral,
  type Shift,
  type StockMove,
  type TallySheet,
} from "../generated/contract";
import { addDays } from "./dates";
import { measuredQuantity } from "./measured";
import { isSlip } from "./slip";
import { atMost, checkContact, checkLine, checkLineLimits, checkMeasured, contactWarnings, range, sorted, type Report, type Warning } from "./validation";

/** What the rules of a kind are checked with. */
interface Check {
  catalogue: Catalogue;
  report: Report;
}

const LEVELS: readonly Level[] = ["outreach", "facilitation", "mentoring"];

function known({ report }: Check, list: readonly { code: string }[] | undefined, code: string | null | undefined, path: string): void {
  if (code != null && !(list ?? []).some((entry) => entry.code === code)) report(path, "unknown_code");
}

function choices(check: Check, list: readonly Choice[] | undefined, codes: readonly string[] | undefined, path: string): void {
  for (const [n, code] of (codes ?? []).entries()) known(check, list, code, `${path}[${n}]`);
}

function captured({ report }: Check, path: string, at: Captured | null | undefined): void {
  range(report, `${path}.offset_minutes`, at?.offset_minutes, -840, 840);
}

function lines(check: Check, list: readonly Line[] = []): void {
  atMost(check.report, "lines", list, 80);
  for (const [n, line] of list.entries()) {
    checkLineLimits(n, line, check.report);
    checkLine(n, line, check.catalogue, check.report);
  }
}

/** Groups name people of the programme's sets and don't exceed the whole. */
function groups(check: Check, list: readonly Group[] = [], whole: number): void {
  const { catalogue, report } = check;
  atMost(report, "groups", list, 60);
  for (const [n, group] of list.entries()) {
    range(report, `groups[${n}].n`, group.n, 1, 5_000);
    known(check, catalogue.genders, group.gender, `groups[${n}].gender`);
    known(check, catalogue.age_bands, group.age_band, `groups[${n}].age_band`);
  }
  if (list.reduce((sum, group) => sum + group.n, 0) > whole) report("groups", "more_than_whole");
}

function sheet(check: Check, body: TallySheet): void {
  range(check.report, "contacts", body.contacts, 0, 5_000);
  groups(check, body.groups, body.contacts);
  lines(check, body.lines);
}

function session(check: Check, body: GroupSession, level: Level | undefined): void {
  const { catalogue, report } = check;
  range(report, "attendees", body.attendees, 0, 5_000);
  atMost(report, "topics", body.topics ?? [], 40);
  atMost(report, "facilitators", body.facilitators ?? [], 10);
  if (level !== undefined && !mayLead(body.session, level)) report("session", "not_unlocked");
  choices(check, catalogue.topics, body.topics, "topics");
  groups(check, body.groups, body.attendees);
  lines(check, body.lines);
}

/** Whether a worker of a level may lead a session of this kind. */
export function mayLead(kind: GroupSession["session"], level: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(kind === "group" ? "facilitation" : "mentoring");
}

function dose({ catalogue, report }: Check, n: number, { item, n: doses }: Dose): void {
  range(report, `doses[${n}].n`, doses, 1, 100);
  const found = catalogue.items.find((one) => one.code === item);
  if (found === undefined) report(`doses[${n}].item`, "unknown_code");
  else if ((found.doses_per_unit ?? 0) === 0) report(`doses[${n}].item`, "not_allowed");
}

function overdose(check: Check, body: Overdose): void {
  const { catalogue, report } = check;
  const doses = body.doses ?? [];
  atMost(report, "doses", doses, 10);
  for (const [n, one] of doses.entries()) dose(check, n, one);
  if (doses.length > 0 && body.naloxone !== "yes") report("doses", "not_allowed");
  if (body.no_ambulance != null && body.ambulance !== "no") report("no_ambulance", "not_allowed");
  known(check, catalogue.genders, body.gender, "gender");
  known(check, catalogue.age_bands, body.age_band, "age_band");
}

function incident(check: Check, body: Incident): void {
  const { catalogue, report } = check;
  if (body.kinds.length < 1) report("kinds", "length");
  for (const path of ["kinds", "by", "support"] as const) atMost(report, path, body[path] ?? [], 10);
  range(report, "severity", body.severity, 1, 3);
  choices(check, catalogue.incident_kinds, body.kinds, "kinds");
  choices(check, catalogue.perpetrators, body.by, "by");
  choices(check, catalogue.supports, body.support, "support");
  if (body.response_due != null && body.response_due < body.service_date) report("response_due", "before_event");
}

function collection(check: Check, body: Collection): void {
  const { catalogue, report } = check;
  const { measured, method, quantity } = body;
  range(report, "quantity", quantity, 1, 100_000);
  checkMeasured("measured", measured, report);
  known(check, catalogue.items, body.item, "item");
  if (measured == null) return;
  if (method !== "container" && method !== "weighed") report("measured", "not_allowed");
  else if (measuredQuantity(measured.value, measured.factor) !== quantity) report("quantity", "not_as_measured");
  if (measured.unit.includes("\0")) report("measured.unit", "characters");
}

function referral(check: Check, { service, provider, slip }: Referral): void {
  known(check, check.catalogue.services, service, "referral.service");
  known(check, check.catalogue.providers, provider, "referral.provider");
  if (slip != null && !isSlip(slip)) check.report("referral.slip", "check");
}

function shift(check: Check, body: Shift): void {
  atMost(check.report, "with", body.with ?? [], 10);
  captured(check, "check_in", body.check_in);
  captured(check, "check_out", body.check_out);
  known(check, check.catalogue.areas, body.area, "area");
}

function expense(check: Check, body: Expense): void {
  const { report } = check;
  range(report, "amount", body.amount, 1, 100_000_000);
  if ([...body.currency].length !== 3) report("currency", "length");
  if (!/^[A-Z]*$/u.test(body.currency)) report("currency", "currency");
  known(check, check.catalogue.expense_kinds, body.kind, "kind");
}

function answer({ report }: Check, body: QuestionAnswer): void {
  range(report, "number", body.number ?? undefined, 0, 100_000);
  if (body.reply === "number" && body.number == null) report("number", "required");
  if (body.reply !== "number" && body.number != null) report("number", "not_allowed");
}

function stock(check: Check, body: StockMove): void {
  const { report } = check;
  if (body.lines.length < 1) report("lines", "length");
  atMost(report, "lines", body.lines, 80);
  for (const [n, line] of body.lines.entries()) {
    range(report, `lines[${n}].quantity`, line.quantity, 1, 100_000);
    known(check, check.catalogue.items, line.item, `lines[${n}].item`);
  }
  if (body.from === body.to) report("to", "same_place");
}

function ofKind(check: Check, record: Exclude<RecordBody, { kind: "contact" }>, level: Level | undefined): void {
  const { report } = check;
  switch (record.kind) {
    case "tally_sheet":
      sheet(check, record.body);
      break;
    case "group_session":
      session(check, record.body, level);
      break;
    case "overdose":
      overdose(check, record.body);
      break;
    case "incident":
      incident(check, record.body);
      break;
    case "collection":
      collection(check, record.body);
      break;
    case "referral":
      referral(check, record.body.referral);
      break;
    case "referral_event":
      known(check, check.catalogue.services, record.body.service, "service");
      if (!isSlip(record.body.slip)) report("slip", "check");
      break;
    case "shift":
      shift(check, record.body);
      break;
    case "debrief":
      range(report, "mood", record.body.mood ?? undefined, 1, 5);
      break;
    case "expense":
      expense(check, record.body);
      break;
    case "stock_move":
      stock(check, record.body);
      break;
    case "answer":
      answer(check, record.body);
      break;
  }
}

/**
 * Every hard rule of a record. `latest` is the last service date that is taken: today in the form. `level` is that of the worker; undefined when
 * staff write it, who may write every kind.
 */
export function checkRecord(record: RecordBody, catalogue: Catalogue, latest: string, level?: Level): FieldError[] {
  if (record.kind === "contact") return checkContact(record.body, catalogue, latest);
  const errors: FieldError[] = [];
  const check: Check = { catalogue, report: (path, code) => errors.push({ path, code }) };
  const { body } = record;
  range(check.report, "catalogue", body.catalogue, 1, 1_000_000);
  captured(check, "captured", body.captured);
  known(check, catalogue.sites, body.site, "site");
  if (body.service_date > latest) check.report("service_date", "future");
  ofKind(check, record, level);
  return sorted(errors);
}

/** Soft warnings that need no other record: those of a contact and, for every kind of which it says something, `old_date`. */
export function recordWarnings(record: RecordBody, catalogue: Catalogue, today: string): Warning[] {
  if (record.kind === "contact") return contactWarnings(record.body, catalogue, today);
  const old = record.body.service_date < addDays(today, -CONSTANTS.WARN_DAYS_OLD);
  // An overdose is often heard of weeks later, and a shift is planned and closed by staff.
  const expected = record.kind === "overdose" || record.kind === "shift";
  return old && !expected ? ["old_date"] : [];
}
