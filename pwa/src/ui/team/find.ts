// One record, from the lists that the interface gives.
import type { RecordPage, RecordQuery, RecordView } from "../../generated/contract";
import { api } from "../../sync/console-api";

/** Pages that are looked through at most. */
const PAGES = 20;

async function findIn(query: RecordQuery, id: string): Promise<RecordView | undefined> {
  let cursor: string | null = null;
  for (let n = 0; n < PAGES; n += 1) {
    const page: RecordPage = await api.records({ ...query, cursor });
    const found = page.records.find((one) => one.id === id);
    if (found !== undefined) return found;
    if (page.next === null || page.next === undefined) return undefined;
    cursor = page.next;
  }
  return undefined;
}

/** The record as the server has it now: on the day where it stood, else anywhere, newest first, for its date may have been corrected. */
export async function findRecord(id: string, day: string): Promise<RecordView | undefined> {
  const there = /^\d{4}-\d{2}-\d{2}$/u.test(day) ? await findIn({ from: day, to: day }, id) : undefined;
  return there ?? findIn({}, id);
}
