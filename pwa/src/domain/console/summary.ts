// A record in a line of a list: what happened, and below it the details. Said as parts, which the screen puts into words.
import type { Contact, Incident, Line, Overdose, RecordBody, Referral, Shift } from "../../generated/contract";
import type { EnumName } from "./enums";
import type { Kind, ListName } from "./fields";

/** Something that is counted: contacts, people of a group, syringes and others that came back, doses. */
export type Counted = "contacts" | "attendees" | "back" | "doses" | "answered";

/** A piece of a summary. */
export type Part =
  | { is: "enum"; of: EnumName; value: string }
  | { is: "code"; of: ListName; code: string }
  | { is: "item"; code: string; n: number }
  | { is: "count"; of: Counted; n: number }
  | { is: "field"; label: string; value: Part }
  | { is: "to"; services: readonly string[] }
  | { is: "money"; amount: number; currency: string }
  | { is: "hours"; from: string | undefined; until: string | undefined }
  | { is: "due"; day: string }
  | { is: "people"; ids: readonly string[] }
  | { is: "slip"; slip: string }
  | { is: "nothing" };

/** What happened, and the details. */
export interface Summary {
  main: Part[];
  more: Part[];
}

/** The icon of a kind. */
export const ICON_OF: Readonly<Record<Kind, string>> = {
  contact: "person",
  tally_sheet: "leaflet",
  group_session: "talk",
  overdose: "naloxone",
  incident: "alert",
  collection: "bin",
  referral: "clinic",
  referral_event: "check",
  shift: "today",
  debrief: "heart",
  expense: "card",
  stock_move: "box",
  answer: "hand",
};

const one = (of: EnumName, value: string): Part => ({ is: "enum", of, value });
const field = (label: string, value: Part): Part => ({ is: "field", label, value });

/** A part if there is a value. */
const given = <T>(value: T | null | undefined, part: (value: T) => Part): Part[] => (value === null || value === undefined ? [] : [part(value)]);

function linesOf(lines: readonly Line[] | undefined): Part[] {
  const out = (lines ?? []).filter((line) => line.direction === "out").map((line): Part => ({ is: "item", code: line.item, n: line.quantity }));
  const back = (lines ?? []).filter((line) => line.direction === "in").reduce((sum, line) => sum + line.quantity, 0);
  return back > 0 ? [...out, { is: "count", of: "back", n: back }] : out;
}

function contact(body: Contact): Summary {
  const services = (body.referrals ?? []).map((referral) => referral.service);
  const unmet = (body.unmet ?? []).map((code) => field("unmet", { is: "code", of: "items", code }));
  const more: Part[] = [...linesOf(body.lines), ...(services.length > 0 ? [{ is: "to", services } as const] : []), ...unmet];
  return {
    main: [{ is: "code", of: "genders", code: body.gender }, { is: "code", of: "age_bands", code: body.age_band }, one("returning", body.returning)],
    more: more.length > 0 ? more : [{ is: "nothing" }],
  };
}

function overdose(body: Overdose): Summary {
  const doses = (body.doses ?? []).reduce((sum, dose) => sum + dose.n, 0);
  return {
    main: [one("outcome", body.outcome), field("naloxone", one("answer", body.naloxone)), ...(doses > 0 ? [{ is: "count", of: "doses", n: doses } as const] : [])],
    more: [one("overdose_place", body.place), field("ambulance", one("answer", body.ambulance)), field("police", one("answer", body.police))],
  };
}

function incident(body: Incident): Summary {
  return {
    main: [...body.kinds.map((code): Part => ({ is: "code", of: "incident_kinds", code })), one("severity", String(body.severity)), one("handling", body.status)],
    more: [
      ...given(body.affects, (value) => one("affects", value)),
      ...(body.by ?? []).map((code): Part => ({ is: "code", of: "perpetrators", code })),
      ...given(body.response_due, (day) => ({ is: "due", day })),
    ],
  };
}

function referral(body: Referral): Summary {
  return {
    main: [{ is: "code", of: "services", code: body.service }, one("status", body.status)],
    more: [one("way", body.way), ...given(body.provider, (code) => ({ is: "code", of: "providers", code })), ...given(body.slip, (slip) => ({ is: "slip", slip }))],
  };
}

function shift(body: Shift): Summary {
  const [from, until] = [body.from ?? undefined, body.until ?? undefined];
  const others = body.with ?? [];
  return {
    main: [one("shift", body.state), one("mode", body.mode)],
    more: [...(from === undefined && until === undefined ? [] : [{ is: "hours", from, until } as const]), ...(others.length > 0 ? [{ is: "people", ids: others } as const] : [])],
  };
}

/** The summary of a record. The mood of a debrief is not in it: lists are looked at over shoulders. */
export function summaryOf({ kind, body }: RecordBody): Summary {
  switch (kind) {
    case "contact":
      return contact(body);
    case "tally_sheet":
      return { main: [{ is: "count", of: "contacts", n: body.contacts }], more: linesOf(body.lines) };
    case "group_session":
      return {
        main: [one("session", body.session), { is: "count", of: "attendees", n: body.attendees }],
        more: [...(body.topics ?? []).map((code): Part => ({ is: "code", of: "topics", code })), ...linesOf(body.lines)],
      };
    case "overdose":
      return overdose(body);
    case "incident":
      return incident(body);
    case "collection":
      return { main: [{ is: "item", code: body.item, n: body.quantity }], more: [one("method", body.method)] };
    case "referral":
      return referral(body.referral);
    case "referral_event":
      return { main: [{ is: "code", of: "services", code: body.service }, one("status", body.status)], more: [one("source", body.source), { is: "slip", slip: body.slip }] };
    case "shift":
      return shift(body);
    case "debrief":
      return { main: [field("talk", one("talk", body.talk))], more: given(body.heavy, (value) => field("heavy", one("heavy", value))) };
    case "expense":
      return { main: [{ is: "money", amount: body.amount, currency: body.currency }, { is: "code", of: "expense_kinds", code: body.kind }], more: [one("expense", body.status)] };
    case "stock_move":
      return {
        main: body.lines.map((line): Part => ({ is: "item", code: line.item, n: line.quantity })),
        more: [one("stock_reason", body.reason), field("stock_from", one("stock_place", body.from)), field("stock_to", one("stock_place", body.to))],
      };
    case "answer":
      return { main: [body.reply === "number" ? { is: "count", of: "answered", n: body.number ?? 0 } : one("reply", body.reply)], more: [] };
  }
}
