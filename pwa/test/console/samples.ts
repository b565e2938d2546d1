// A small catalogue, and one full record of each kind.
import type { Catalogue, RecordBody } from "../../src/generated/contract";
import type { Kind } from "../../src/domain/console/fields";

const named = (code: string) => ({ code, label: { en: code } });
const item = (code: string, doses = 0) => ({ ...named(code), icon: "box", base: 10, doses_per_unit: doses });

export const CATALOGUE: Catalogue = {
  version: 3,
  name: "Rounds",
  sites: [named("market"), named("old_port")],
  genders: [{ ...named("man"), standard: "man" }, { ...named("woman"), standard: "woman" }],
  age_bands: [{ ...named("25-34"), standard: "25_plus" }],
  items: [{ ...item("ns_5ml"), retired: true }, item("ns_1ml"), item("naloxone_nasal", 2), item("used_syringe")],
  kits: [],
  providers: [],
  services: [{ ...named("hiv_test"), icon: "test" }],
  topics: [named("safer_use")],
  pad: { naloxone_item: "naloxone_nasal", return_item: "used_syringe", syringe_item: "ns_1ml", services: [], tiles: [], tests: ["hiv_test"] },
};

const around = {
  worker: "w1",
  catalogue: 2,
  site: "market",
  service_date: "2026-06-09",
  captured: { local: "2026-06-09T21:14:05", offset_minutes: 180 },
  shift: "s1",
  mode: "pair",
  setting: "street",
} as const;

export const RECORDS: { [K in Kind]: Extract<RecordBody, { kind: K }> } = {
  contact: {
    kind: "contact",
    body: {
      ...around,
      returning: "returning",
      gender: "man",
      age_band: "25-34",
      injects: "assumed",
      code: "keep",
      code_refused: false,
      for_others: 0,
      topics: [],
      unmet: [],
      tests: [],
      lines: [
        { item: "ns_1ml", direction: "out", quantity: 10 },
        { item: "naloxone_nasal", direction: "out", quantity: 1, reason: "first" },
        { item: "used_syringe", direction: "in", quantity: 40, method: "weighed", measured: { value: 0.65, unit: "kg", factor: 62 } },
      ],
      referrals: [{ service: "hiv_test", slip: "7KQ2M9", way: "slip", status: "issued" }],
    },
  },
  tally_sheet: {
    kind: "tally_sheet",
    body: { ...around, contacts: 30, groups: [{ gender: "man", age_band: "25-34", n: 12 }], lines: [{ item: "ns_1ml", direction: "out", quantity: 90 }] },
  },
  group_session: { kind: "group_session", body: { ...around, session: "group", attendees: 8, facilitators: ["w2"], topics: ["safer_use"], groups: [], lines: [] } },
  overdose: {
    kind: "overdose",
    body: {
      ...around,
      precision: "day",
      place: "home",
      reported_by: "peer_present",
      naloxone: "yes",
      doses: [{ item: "naloxone_nasal", n: 2 }],
      ambulance: "no",
      no_ambulance: "police",
      police: "no",
      outcome: "recovered",
    },
  },
  incident: { kind: "incident", body: { ...around, affects: "worker", kinds: ["theft"], by: ["police"], severity: 2, support: [], status: "open", response_due: "2026-06-12" } },
  collection: { kind: "collection", body: { ...around, item: "used_syringe", quantity: 40, method: "weighed", measured: { value: 0.65, unit: "kg", factor: 62 } } },
  referral: { kind: "referral", body: { ...around, referral: { service: "hiv_test", provider: "clinic", slip: "7KQ2M9", way: "accompanied", status: "attended" } } },
  referral_event: { kind: "referral_event", body: { ...around, service: "hiv_test", slip: "7KQ2M9", status: "completed", source: "provider" } },
  shift: {
    kind: "shift",
    body: { ...around, state: "started", from: "19:30:00", until: "01:00:00", with: ["w2"], check_in: { local: "2026-06-09T19:41:12", offset_minutes: 180 } },
  },
  debrief: { kind: "debrief", body: { ...around, talk: "today", heavy: "death", mood: 2 } },
  expense: { kind: "expense", body: { ...around, kind: "transport", amount: 1250, currency: "EUR", status: "submitted" } },
  stock_move: { kind: "stock_move", body: { ...around, from: "store", to: "bag", reason: "issue", lines: [{ item: "ns_1ml", quantity: 100 }] } },
  answer: { kind: "answer", body: { ...around, question: "q1", about: "r1", reply: "yes" } },
};
