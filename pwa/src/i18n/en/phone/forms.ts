// English texts of the forms: overdose, incident, group, clean-up, expense, stock.
export default {
  // Overdose. The questions stand as one or two words beside their answers.
  overdose_title: "Overdose",
  ask_place: "Place",
  od_place_home: "Home",
  od_place_street: "Street",
  // A public toilet, a station, a bar.
  od_place_public_place: "In public",
  // A health or social service.
  od_place_service: "Service",
  // A hostel or a night shelter.
  od_place_shelter: "Shelter",
  od_place_other: "Elsewhere",
  // Who tells the worker of the overdose.
  ask_told_by: "Told by",
  told_peer_present: "I was there",
  // Somebody who takes part in the programme.
  told_participant: "Participant",
  told_other: "Others",
  ask_naloxone: "Naloxone given",
  ask_ambulance: "Ambulance called",
  ask_why_not: "Why no ambulance",
  // The person woke up before.
  why_not_needed: "Woke up",
  // Fear of the police.
  why_police: "Police",
  // Fear of what it costs.
  why_cost: "Cost",
  // No phone, or no network.
  why_no_phone: "No phone",
  why_other: "Other",
  ask_police: "Police came",
  // How the overdose ended.
  ask_outcome: "Ended",
  outcome_recovered: "Recovered",
  outcome_hospital: "Hospital",
  outcome_died: "Died",
  // When it was. "Only the month" is for what is heard of weeks later.
  when_title: "When was it?",
  when_day: "Day",
  when_month_only: "Only the month is known",
  // Opens the grid of gender and age.
  who: "Gender, age",
  who_title: "Gender and age, if known",
  overdose_missing: "Tap who told of it.",

  // Incident: violence, theft and the like. It has no free text.
  incident_title: "Incident",
  incident_about: "No names. Your supervisor follows it up.",
  ask_kind: "What happened?",
  // How bad it was, with one, two or three bars.
  ask_severity: "How bad",
  severity_1: "Light",
  severity_2: "Serious",
  severity_3: "Severe",
  // Whom it happened to.
  ask_affects: "To whom",
  affects_worker: "Me",
  affects_participant: "Participant",
  affects_group: "Several",
  // Who did it.
  ask_by: "By whom, if known",
  ask_support: "Support given",
  incident_missing_kind: "Tap what happened.",
  incident_missing_severity: "Tap how bad it was.",

  // Group.
  group_title: "Group",
  group_locked: "Groups open for you when your supervisor has unlocked facilitation. Ask {name} about it.",
  group_locked_anyone: "Groups open for you when your supervisor has unlocked facilitation. Ask your supervisor about it.",
  ask_session: "Kind",
  session_group: "Group",
  // Accompanying other peer workers.
  session_mentoring: "Mentoring",
  mentoring_locked: "Mentoring opens later. {name} can tell you how to get there.",
  mentoring_locked_anyone: "Mentoring opens later. Your supervisor can tell you how to get there.",
  ask_topics: "Topics",
  ask_attendees: "People",
  // Opens the grid on which each tap counts one person.
  count_by_grid: "By gender and age",
  count_by_grid_title: "Each tap adds one person",
  // Takes back the last tap on that grid.
  take_back_one: "Take the last one back",
  // Who led the group together with the worker.
  ask_led_with: "Led with",
  things_given: "Things given",
  group_missing: "Say how many people took part.",

  // Clean-up: used things found lying around.
  collection_title: "Clean-up",
  ask_method: "How counted",
  collect_counted: "Counted",
  // The fill of a container was read.
  collect_container: "Container",
  collect_weighed: "Weighed",
  collect_pieces: { one: "piece", other: "pieces" },
  // A number that was worked out from a weight or a container.
  collect_about: { one: "≈ {n} piece", other: "≈ {n} pieces" },
  collection_missing_method: "Tap how it was counted.",
  collection_missing_number: "Type the number.",

  // Expense.
  expense_title: "Expense",
  ask_expense: "What for?",
  expense_amount: "Amount",
  expense_missing_kind: "Tap what it was for.",
  expense_missing_amount: "Type the amount.",
  // The key between whole units and decimals, spoken.
  decimal_point: "Point",

  // Stock that the worker takes from the store into the bag.
  stock_title: "Stock received",
  stock_about: "What you take from the store into your bag.",
  stock_missing: "Tap what you received.",
};
