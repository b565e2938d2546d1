// Values of the contract's closed lists, in the order in which a person chooses among them. The types hold every list complete.
import type {
  Affects,
  Answer,
  Direction,
  EventSource,
  ExpenseStatus,
  HeavyEvent,
  IncidentStatus,
  Injects,
  Level,
  Mode,
  NaloxoneReason,
  NoAmbulance,
  Outcome,
  OverdosePlace,
  Precision,
  ReferralStatus,
  ReferralWay,
  ReportedBy,
  Reply,
  ReturnMethod,
  Returning,
  SessionType,
  Setting,
  ShiftState,
  StockPlace,
  StockReason,
  TestResult,
  WantsToTalk,
} from "../../generated/contract";

/** A list with every value of a type: one that lacks, or one too many, does not compile. */
function every<T extends string>(values: Readonly<Record<T, true>>): readonly T[] {
  return Object.keys(values) as T[];
}

/** The lists by name; the name is also the beginning of the keys of their words. */
export const ENUMS = {
  mode: every<Mode>({ with_staff: true, pair: true, alone: true }),
  setting: every<Setting>({ street: true, mobile: true, drop_in: true, home_visit: true, event: true, other: true }),
  returning: every<Returning>({ new: true, returning: true, not_asked: true }),
  injects: every<Injects>({ yes: true, assumed: true, no: true, not_asked: true }),
  direction: every<Direction>({ out: true, in: true }),
  method: every<ReturnMethod>({ counted: true, reported: true, container: true, weighed: true }),
  naloxone: every<NaloxoneReason>({ first: true, used_for_overdose: true, lost: true, expired: true, confiscated: true, spare: true, not_asked: true }),
  way: every<ReferralWay>({ told: true, slip: true, called: true, accompanied: true }),
  status: every<ReferralStatus>({ offered: true, declined: true, issued: true, unreachable: true, not_attended: true, attended: true, attended_not_served: true, completed: true }),
  test: every<TestResult>({ offered: true, referred: true, declined: true, not_needed: true, not_asked: true }),
  session: every<SessionType>({ group: true, mentoring: true }),
  overdose_place: every<OverdosePlace>({ home: true, street: true, public_place: true, service: true, shelter: true, other: true, unknown: true }),
  reported_by: every<ReportedBy>({ peer_present: true, participant: true, other: true }),
  answer: every<Answer>({ yes: true, no: true, unknown: true }),
  no_ambulance: every<NoAmbulance>({ not_needed: true, police: true, cost: true, no_phone: true, other: true, not_asked: true }),
  outcome: every<Outcome>({ recovered: true, hospital: true, died: true, unknown: true }),
  precision: every<Precision>({ day: true, month: true }),
  affects: every<Affects>({ worker: true, participant: true, group: true }),
  severity: every<"1" | "2" | "3">({ 1: true, 2: true, 3: true }),
  handling: every<IncidentStatus>({ open: true, acting: true, closed: true }),
  source: every<EventSource>({ client: true, accompanied: true, provider_slip: true, provider: true }),
  shift: every<ShiftState>({ planned: true, started: true, done: true, missed: true, cancelled: true }),
  mood: every<"1" | "2" | "3" | "4" | "5">({ 1: true, 2: true, 3: true, 4: true, 5: true }),
  heavy: every<HeavyEvent>({ none: true, overdose: true, death: true, violence: true, police: true, needle_stick: true, other: true }),
  talk: every<WantsToTalk>({ no: true, this_week: true, today: true }),
  expense: every<ExpenseStatus>({ submitted: true, approved: true, paid: true }),
  reply: every<Reply>({ yes: true, no: true, unsure: true, number: true }),
  stock_place: every<StockPlace>({ store: true, bag: true, outside: true }),
  stock_reason: every<StockReason>({ issue: true, return: true, lost: true, damaged: true, expired: true, confiscated: true, adjustment: true }),
  level: every<Level>({ outreach: true, facilitation: true, mentoring: true }),
} as const;

/** Name of a list. */
export type EnumName = keyof typeof ENUMS;

/** Key of the words for any value of any list, such as `mode_pair`. */
export type EnumKey = { [E in EnumName]: `${E}_${(typeof ENUMS)[E][number]}` }[EnumName];
