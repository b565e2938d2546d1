// What the shift's list does: reads its entries, opens the pad to correct a contact, takes a record back.
import { EMPTY } from "../domain/draft";
import { standingOf, type Entry, type Standing } from "../domain/listed";
import { listRows } from "../store/list";
import { opsOf } from "../store/outbox";
import { openEntry } from "../sync/list";
import { openPad } from "./actions";
import { key } from "./list";
import { saveRecord, takeBack } from "./records";
import * as state from "./state";

/** An entry with how it stands. */
export interface Listed extends Entry {
  standing: Standing;
}

/** The entries, newest first. Empty where there is no key. */
export async function entries(): Promise<Listed[]> {
  const [under, self] = [key.value, state.device.value];
  if (under === undefined || self === undefined) return [];
  const opened = await Promise.all((await listRows(self.author)).map((row) => openEntry(under, row)));
  const found = opened.flatMap((entry) => entry ?? []);
  const ops = await opsOf(found.map(({ op }) => op));
  // Locked meanwhile: what was opened is nobody's to see.
  if (key.value !== under) return [];
  return found.map((entry) => ({ ...entry, standing: standingOf(ops.get(entry.op)) })).sort((a, b) => b.n - a.n);
}

/** The time of an entry, `14:32`. */
export function timeOf({ at }: Entry): string {
  return at.local.slice("2026-06-09T".length, "2026-06-09T14:32".length);
}

/** Whether an entry can be corrected on the pad. */
export function isCorrectable({ draft }: Entry): boolean {
  return draft !== undefined;
}

/** Opens the pad with what was tapped. What is saved then takes the record's place; its time, place and code stay. */
export function correct(entry: Entry): void {
  const self = state.device.value;
  if (entry.draft === undefined || self === undefined) return;
  const { record, rev, place, day, at, shift } = entry;
  openPad({ ...EMPTY, ...entry.draft, again: true });
  state.correcting.value = {
    time: timeOf(entry),
    around: { worker: self.author, place, serviceDate: day, captured: at, ...(shift === undefined ? {} : { shift }) },
    save: async (contact) => {
      const draft = state.draft.value;
      const done = (): void => {
        state.draft.value = EMPTY;
        state.correcting.value = undefined;
      };
      await saveRecord({ kind: "contact", body: contact }, done, { about: { record, rev: rev + 1 }, replaces: entry, draft });
    },
  };
}

/** Takes an entry's record back, and its row with it. Answers whether it did; if not, the screen says why. */
export function remove(entry: Entry): Promise<boolean> {
  return takeBack(entry, entry, "removed");
}
