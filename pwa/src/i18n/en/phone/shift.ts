// English: the home screen's forms, and the shift with its start, changes, stop and debrief.
export default {
  // Tiles of the home screen; each opens a form. Very short.
  tile_handout: "Hand-out only",
  tile_unmet: "Asked for, had none",
  tile_sheet: "Bulk sheet",
  tile_group: "Group",
  tile_overdose: "Overdose",
  tile_incident: "Incident",
  // {name} is the supervisor's.
  tile_talk: "Talk to {name}",
  tile_talk_anyone: "Talk to my supervisor",
  tile_more: "More",
  tile_collection: "Clean-up",
  tile_expense: "Expense",
  tile_stock: "Stock received",
  tiles_label: "Record something else",

  // Short forms of a contact.
  handout_title: "Hand-out only",
  handout_about: "Nobody is asked anything.",
  handout_nothing: "Tap what you gave or took back.",
  unmet_title: "Asked for, had none",
  unmet_nothing: "Tap what was asked for.",

  // Bulk sheet: many contacts counted at once.
  sheet_title: "Bulk sheet",
  sheet_contacts: "Contacts",
  sheet_hint: "Tap a thing, then how many.",
  sheet_missing: "Tap how many contacts, or a thing.",

  // Returns that were weighed or measured by their container; {unit} is short, such as kg.
  measure_type: "Type the {unit}",
  // Estimated from what was measured.
  measured_pieces: { one: "≈ {n} piece", other: "≈ {n} pieces" },

  // Start of a shift.
  shift_planned: "Planned for today",
  // A planned shift: time, place and how the worker goes out, such as "Old port · In a pair".
  shift_plan: "{place} · {mode}",
  // How somebody is out and with whom, such as "In a pair with sam".
  mode_with: "{mode} with {names}",
  shift_other: "Another place",
  shift_start: "Start shift",
  // Under the grey button: what is not chosen yet, of site, mode and setting.
  shift_start_missing: "First choose site, how you are out, and kind of place.",
  shift_start_now: "Start now",

  // While a shift runs.
  shift_since: "since {time}",
  this_shift: "this shift",
  shift_change: "Change place or who is out",
  shift_change_title: "Where and how are you out now?",
  shift_with: "Who is with you",
  shift_stop: "Stop shift",
  // {day} is a weekday, {time} the hour.
  shift_closed: "Your shift of {day} was closed at {time}. Everything you saved counts.",

  // Closing page of a shift.
  stop_title: "Your shift in numbers",
  // How long it was: hours and minutes, both short.
  shift_lasted: "{hours} h {minutes} min",
  shift_end: "End shift",

  // Debrief: kind, brief; every answer may be left out.
  talk_title: "Talk to {name}",
  talk_title_anyone: "Talk to my supervisor",
  heavy: "Did something heavy happen?",
  heavy_none: "Nothing",
  heavy_overdose: "Overdose",
  heavy_death: "A death",
  heavy_violence: "Violence",
  heavy_police: "Police",
  heavy_needle_stick: "Needle stick",
  heavy_other: "Other",
  talk: "Would you like to talk?",
  talk_no: "No",
  talk_this_week: "This week",
  talk_today: "Today",
  mood: "How are you? Only if you like to say.",
  // From bad to good, one word each, under a face.
  mood_1: "Bad",
  mood_2: "Low",
  mood_3: "So-so",
  mood_4: "Good",
  mood_5: "Great",
  seen_by: "{name} sees this when your phone has sent it.",
  seen_by_anyone: "Your supervisor sees this when your phone has sent it.",
  talk_missing: "Tap also whether you would like to talk.",
  talk_nothing: "Tap an answer.",

  // Hand-over of what is left in the worker's bag at the end of a shift; it may be left out.
  handover: "Hand over what is left",
  handover_title: "What is in your bag?",
  handover_line: "{carried} carried − {given} given − {lost} lost",
  handover_unknown: "What you carried is not known on this phone. Add what was lost or is left.",
  handover_lost: "Lost now",
  handover_left: "Left",
  handover_back: "Give what is left back to the store",
  handover_add: "Add an item",
  // Numbers of pieces of all items together.
  handover_sum_lost: { one: "{n} lost", other: "{n} lost" },
  handover_sum_back: { one: "{n} back to the store", other: "{n} back to the store" },
};
