// Questions of the supervisor: those of the last pull that were not answered on this page. Memory only, and gone with the lock: their words
// are about a record, so that behind it none is taken, and where there is a PIN none is shown before it is proven.
import { computed, signal } from "@preact/signals";
import type { Question } from "../generated/contract";
import { answerOf, type Given } from "../domain/question";
import { commonNow, saveRecord } from "./records";
import { proven, whenLocked } from "./lock";
import { locked, pinSet, today } from "./state";

const asked = signal<readonly Question[]>([]);
const answered = signal<ReadonlySet<string>>(new Set());

whenLocked(() => (asked.value = []));

/** Open questions, oldest first. */
export const questions = computed(() => (pinSet.value && !proven.value ? [] : asked.value.filter(({ id }) => !answered.value.has(id))));

/** Takes what a pull brought. */
export function takeQuestions(fresh: readonly Question[]): void {
  if (!locked.value) asked.value = fresh;
}

function change(id: string, isAnswered: boolean): void {
  const ids = new Set(answered.value);
  if (isAnswered) ids.add(id);
  else ids.delete(id);
  answered.value = ids;
}

/** Saves an answer. The question is gone at once; what is taken back is asked again. */
export async function answerQuestion(question: Question, given: Given): Promise<void> {
  const common = commonNow();
  if (common === undefined) return;
  const body = answerOf(question, given, common, today.value);
  await saveRecord({ kind: "answer", body }, () => change(question.id, true), { undone: () => change(question.id, false) });
}
