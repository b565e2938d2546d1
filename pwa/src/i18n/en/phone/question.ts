// English: a supervisor's question to the worker about a record that they saved.
export default {
  // {name} is the handle of who asks.
  question_from: "A question from {name}",
  question_open: "Tap to answer",
  question_more: { one: "and {n} more", other: "and {n} more" },
  // {what}: the kind of record and its date, such as "Contact, Monday 8 June".
  question_about: "About: {what}",
  // Answers.
  question_yes: "Yes",
  question_no: "No",
  question_unsure: "Don't know",
  question_number: "A number",
  // Closes the question without an answer.
  question_later: "Later",
};
