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

  // Start of a shift.
  shift_planned: "Planned for today",
  // A planned shift: time, place and how the worker goes out, such as "Old port, in a pair".
  shift_plan: "{place}, {mode}",
  // How somebody is out and with whom, such as "In a pair with sam".
  mode_with: "{mode} with {names}",
  shift_other: "Another place",
  shift_start: "Start shift",
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
};
