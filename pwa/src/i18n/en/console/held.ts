// English: a record that waits and what is decided about it, and questions to workers about their records.
export default {
  // {handle}: whose record it is.
  held_title: "Waiting: a record of {handle}",
  to_held: "To what waits",
  held_passes: "Nothing in it is against the rules now, so it can be taken as it stands.",
  // {n}: number of a version of the record.
  held_current: { other: "Version {n} of this record is counted already." },
  held_compare: "Look at it",
  held_void: "It asks to remove a record.",
  held_unreadable_now: "What it says can't be read. It is kept as it came.",
  // Shown instead of what a record says, to somebody whose business it is not.
  held_hidden: "What it says is for the worker's own supervisor. You can decide about it without reading it.",
  held_elsewhere: "It is about a record of another team. Set it aside, or ask an administrator to look at both.",
  held_settled: "This was dealt with: {what}.",
  held_code: "stays as it was sent",
  field_phone: "Phone",
  repair: "Correct and take it",
  repair_title: "Correct and take it",
  said_repair: "Taken as you corrected it. Figures follow at once; published ones with their next release.",
  release: "Take it as it stands",
  release_title: "Take it as it stands?",
  release_yes: "Take it",
  release_help: "It counts from now on, under the worker who wrote it. You vouch for it.",
  said_release: "Taken. It counts from now on; published figures follow with their next release.",
  // Sets a record aside so that it no longer waits.
  discard: "Set it aside",
  discard_title: "Set it aside?",
  discard_yes: "Set it aside",
  discard_help: "It counts nowhere and leaves this list. Nothing is deleted: the server keeps it exactly as the phone sent it.",
  said_discard: "Set aside. Nothing was deleted, and it waits no more.",

  // Questions to the worker about a record of theirs.
  questions: "Questions to the worker",
  ask: "Ask the worker",
  ask_label: "Your question to {handle}",
  ask_help: "3 to 200 characters, such that yes, no or a number answers it. {handle} reads it on the phone where others may look on: name nobody.",
  ask_do: "Send the question",
  said_ask: "Asked. {handle} sees it on the phone when this next has a network.",
  // {handle} asks, {date}: when.
  asked_by: "{handle}, {date}",
  question_waits: "no answer yet",
  question_closed: "closed",
  // {handle} answered {what}, such as yes or 12, on {date}.
  question_answer: "{handle} answered {what} ({date}).",
  question_close: "Close",
  question_close_help: "Close it when you have read the answer, or need none any more. It leaves the phone and your list.",
  needs_answer: "{handle} answered: {what}",
};
