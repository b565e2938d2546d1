// English: kinds of record, their fields, and the values of closed lists. The key of a value begins with the name of its list.
export default {
  // Kinds of record.
  kind: "Kind",
  every_kind: "Every kind",
  kind_contact: "Contact",
  kind_tally_sheet: "Bulk count",
  kind_group_session: "Group",
  kind_overdose: "Overdose",
  kind_incident: "Incident",
  kind_collection: "Clean-up",
  kind_referral: "Referral",
  kind_referral_event: "Outcome of a referral",
  kind_shift: "Shift",
  kind_debrief: "Debrief",
  kind_expense: "Expense",
  kind_stock_move: "Stock",
  // What a worker answered to a question about a record.
  kind_answer: "Answer",

  // Names of fields.
  field_worker: "Worker",
  field_service_date: "Date",
  field_site: "Place",
  field_mode: "Out",
  field_setting: "Setting",
  field_gender: "Gender",
  field_age_band: "Age",
  field_returning: "New or returning",
  field_injects: "Injects",
  field_for_others: "For others",
  field_lines: "Items",
  field_referrals: "Referrals",
  field_topics: "Topics",
  field_unmet: "Asked for, had none",
  field_tests: "Tests",
  field_code: "Client code",
  field_captured: "On the phone at",
  field_received: "Received",
  field_version: "Version",
  field_catalogue: "Catalogue",
  field_item: "Item",
  field_direction: "Way",
  field_quantity: "How many",
  field_method: "How was it found?",
  field_naloxone_reason: "Why given",
  field_measured: "Measured",
  field_service: "Service",
  field_provider: "Provider",
  field_way: "How",
  field_status: "How far",
  field_slip: "Slip",
  field_source: "Who says so",
  field_referral: "Referral",
  field_people: "People",
  field_groups: "By gender and age, as far as known",
  field_contacts: "Contacts",
  field_session: "Kind of session",
  field_attendees: "People who took part",
  field_facilitators: "Led together with",
  field_precision: "Known exactly",
  field_overdose_place: "Where",
  field_reported_by: "Told by",
  field_outcome: "Outcome",
  field_naloxone: "Naloxone given",
  field_doses: "Doses",
  field_doses_given: "Doses given",
  field_ambulance: "Ambulance called",
  field_no_ambulance: "Why no ambulance",
  field_police: "Police came",
  field_affects: "Whom it affects",
  field_severity: "How severe",
  field_handling: "Response",
  field_response_due: "Response due",
  field_incident_kinds: "What happened",
  field_by: "By whom",
  field_support: "Support given",
  field_shift_state: "State",
  field_planned_from: "Planned from",
  field_planned_until: "Planned until",
  field_area: "Area",
  field_with: "Out together with",
  field_check_in: "Started at",
  field_check_out: "Stopped at",
  field_talk: "Wants to talk",
  field_heavy: "Something heavy",
  field_mood: "Mood",
  field_expense_kind: "What for",
  field_amount: "Amount",
  field_currency: "Currency",
  field_expense_status: "State",
  field_stock_reason: "Why moved",
  field_stock_from: "From where",
  field_stock_to: "To where",
  field_stock_lines: "Items moved",
  field_day: "Day",
  field_workers: "Who goes out",
  field_module: "Training",
  field_on: "Passed on",
  field_expires: "Renew by",
  field_words: "Thanks",

  // How the worker was out.
  mode_with_staff: "with staff",
  mode_pair: "in a pair",
  mode_alone: "alone",

  // Kind of place.
  setting_street: "street",
  setting_mobile: "van or bus",
  setting_drop_in: "drop-in",
  setting_home_visit: "home visit",
  setting_event: "event",
  setting_other: "other",

  // New or returning.
  returning_new: "new",
  returning_returning: "returning",
  returning_not_asked: "not asked whether new",

  // Whether the person injects.
  injects_yes: "yes",
  injects_assumed: "assumed (syringes given)",
  injects_no: "no",
  injects_not_asked: "not asked",

  // Way of an item.
  direction_out: "handed out",
  direction_in: "taken back",

  // How a returned quantity was found.
  method_counted: "counted",
  method_reported: "as told",
  method_container: "by container",
  method_weighed: "by weight",

  // Why naloxone was given.
  naloxone_first: "first supply",
  naloxone_used_for_overdose: "used for an overdose",
  naloxone_lost: "lost",
  naloxone_expired: "expired",
  naloxone_confiscated: "confiscated",
  naloxone_spare: "spare",
  naloxone_not_asked: "not asked",

  // How a referral was made.
  way_told: "told",
  way_slip: "with a slip",
  way_called: "called there",
  way_accompanied: "went along",

  // How far a referral came.
  status_offered: "offered",
  status_declined: "declined",
  status_issued: "issued",
  status_unreachable: "not reached again",
  status_not_attended: "did not go",
  status_attended: "went",
  status_attended_not_served: "went, not served",
  status_completed: "completed",

  // What happened about a test; never a result.
  test_offered: "offered here",
  test_referred: "referred",
  test_declined: "declined",
  test_not_needed: "not needed",
  test_not_asked: "not asked",

  // Kind of a session.
  session_group: "group of participants",
  session_mentoring: "mentoring of other peers",

  // Where an overdose was.
  overdose_place_home: "at home",
  overdose_place_street: "on the street",
  overdose_place_public_place: "public toilet, station or bar",
  overdose_place_service: "at a service",
  overdose_place_shelter: "hostel or shelter",
  overdose_place_other: "elsewhere",
  overdose_place_unknown: "place not known",

  // Who tells of an overdose.
  reported_by_peer_present: "the worker was there",
  reported_by_participant: "somebody who takes part",
  reported_by_other: "somebody else",

  // Plain answers.
  field_reply: "Answer",
  field_number: "Number",
  reply_yes: "yes",
  reply_no: "no",
  reply_unsure: "can't say",
  reply_number: "a number",
  answer_yes: "yes",
  answer_no: "no",
  answer_unknown: "not known",

  // Why no ambulance was called.
  no_ambulance_not_needed: "came round",
  no_ambulance_police: "fear of police",
  no_ambulance_cost: "it costs",
  no_ambulance_no_phone: "no phone or network",
  no_ambulance_other: "another reason",
  no_ambulance_not_asked: "not asked",

  // How an overdose ended.
  outcome_recovered: "recovered",
  outcome_hospital: "to hospital",
  outcome_died: "died",
  outcome_unknown: "outcome not known",

  // How exactly a date is known.
  precision_day: "the day",
  precision_month: "the month only",

  // Whom an incident affects.
  affects_worker: "a worker",
  affects_participant: "a participant",
  affects_group: "several people",

  // How severe an incident is.
  severity_1: "1 – light",
  severity_2: "2 – serious",
  severity_3: "3 – severe",

  // How far an incident is dealt with.
  handling_open: "open",
  handling_acting: "being dealt with",
  handling_closed: "closed",

  // Who tells what became of a referral.
  source_client: "the person",
  source_accompanied: "the worker, who went along",
  source_provider_slip: "the slip came back",
  source_provider: "the provider",

  // State of a shift.
  shift_planned: "planned",
  shift_started: "under way",
  shift_done: "done",
  shift_missed: "missed",
  shift_cancelled: "called off",

  // How a worker felt after a shift.
  mood_1: "1 – bad",
  mood_2: "2 – low",
  mood_3: "3 – so-so",
  mood_4: "4 – good",
  mood_5: "5 – very good",

  // Something heavy that a worker met.
  heavy_none: "nothing",
  heavy_overdose: "overdose",
  heavy_death: "death",
  heavy_violence: "violence",
  heavy_police: "police",
  heavy_needle_stick: "needle stick",
  heavy_other: "something else",

  // Whether a worker wants to talk.
  talk_no: "no",
  talk_this_week: "this week",
  talk_today: "today",

  // How far an expense is.
  expense_submitted: "asked for",
  expense_approved: "approved",
  expense_paid: "paid",

  // Where stock is.
  stock_place_store: "store",
  stock_place_bag: "worker's bag",
  stock_place_outside: "outside the programme",

  // Why stock moves.
  stock_reason_issue: "given to a worker",
  stock_reason_return: "given back unused",
  stock_reason_lost: "lost",
  stock_reason_damaged: "damaged",
  stock_reason_expired: "past its date",
  stock_reason_confiscated: "taken away",
  stock_reason_adjustment: "counted anew",

  // Parts of a line in the list.
  counted_contacts: { one: "{n} contact", other: "{n} contacts" },
  counted_attendees: { one: "{n} person", other: "{n} people" },
  counted_back: { other: "{n} back" },
  // The number that a worker answered to a question.
  counted_answered: { other: "answered: {n}" },
  counted_doses: { one: "{n} dose", other: "{n} doses" },
  field_is: "{field}: {value}",
  due_on: "response due {date}",
  together_with: "with {who}",
  doses_of: { one: "{n} dose of {item}", other: "{n} doses of {item}" },
  hours: "{from}–{until}",
  hours_from: "from {from}",
  hours_until: "until {until}",
  hours_open: "any time",

  // Rows of a correction.
  row_line: { other: "Item {n}" },
  row_referral: { other: "Referral {n}" },
  row_group: { other: "Group {n}" },
  row_dose: { other: "Naloxone {n}" },
  row_stock: { other: "Item {n}" },
  add_line: "Add an item",
  add_referral: "Add a referral",
  add_group: "Add a group",
  add_dose: "Add naloxone",
  add_stock: "Add an item",
  list_empty: "The programme's list has no entries yet.",
};
