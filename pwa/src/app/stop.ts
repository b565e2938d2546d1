// The end of a shift: what the closing page says is saved one by one, the shift's stop last, so that a kill in between loses nothing.
import type { RecordBody } from "../generated/contract";
import { leave } from "./forms";
import { saveRecord, show } from "./records";
import { stopShift } from "./shift";

const SHOWN_MS = 8_000;
let ending = false;

/** Saves the closing page's records that are not in `saved` yet, then stops the shift and goes home. When a save fails, the next tap goes on there. */
export async function endShift(records: ReadonlyMap<string, RecordBody>, saved: Set<string>): Promise<void> {
  if (ending) return;
  ending = true;
  try {
    for (const [name, record] of records) {
      if (saved.has(name)) continue;
      if ((await saveRecord(record, undefined, { quiet: true })) === undefined) return;
      saved.add(name);
    }
    if (!(await stopShift())) return;
    show({ kind: "ended" }, SHOWN_MS);
    leave();
  } finally {
    ending = false;
  }
}
