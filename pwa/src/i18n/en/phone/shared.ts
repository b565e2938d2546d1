// English: a phone that was taken out, and a phone that several workers share.
export default {
  // The page of a phone that the programme took out. Neutral: whoever holds the phone may read it.
  wiped_title: "This phone is no longer set up",
  wiped_text: "To use it again, ask for a new link or code.",
  wiped_waiting: {
    one: "{n} record still waits on this phone. It is sent when there is a network.",
    other: "{n} records still wait on this phone. They are sent when there is a network.",
  },
  // End of the sentence about records on the home screen, after a comma: those of the other workers on this phone.
  queue_others: { one: "{n} of others waiting", other: "{n} of others waiting" },
  wiped_none: "Nothing waits on this phone.",

  // Several workers on one phone; each has a number.
  person_n: "Person {n}",
  // Whose turn it is, on a button that gives the turn to somebody else.
  person_turn: "Person {n} – change",
  turn_title: "Whose turn is it?",
  turn_waiting: { one: "{n} record waits on this phone.", other: "{n} records wait on this phone." },
  turn_about: "Everybody has their own contacts, sums and shift on it. Nobody sees those of another.",
  person_add: "Add somebody to this phone",
  person_add_this: "Add this person",
  person_add_help: "They type the code and the six digits that the supervisor gave them.",
  person_add_do: "Add",
  // {name} is shown once.
  person_added: "{name} is person {n} on this phone.",
  person_added_help: "Remember the number. Names are not kept on the phone.",
  person_begin: "It is my turn",
  enrol_anew_shared: "The other people on this phone have to be added again afterwards.",
  error_old_phone: "This phone was set up by an older version. Set it up anew first, then add people.",
  error_other_programme: "This code is of another programme than this phone.",
};
