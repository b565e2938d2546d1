// A supervisor's question to the worker, and the record that answers it. The answer changes nothing by itself; it has no words.
import type { Question, QuestionAnswer, Reply } from "../generated/contract";
import type { CommonBody } from "./around";

/** What a tap answers. */
export type Given = { reply: Exclude<Reply, "number"> } | { reply: "number"; number: number };

/** The body of an answer. It is of the day of the tap, whatever day the form of a contact has. */
export function answerOf({ id, record }: Question, given: Given, common: CommonBody, today: string): QuestionAnswer {
  return { ...common, service_date: today, question: id, about: record, ...given };
}
