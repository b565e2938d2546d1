// Reads what the screens show from the store, by the queries that list, and leaves the canary cookie up to date.
import { weekBars } from "../domain/bars";
import { addDays, mondayOf } from "../domain/dates";
import { queueOf } from "../domain/outbox";
import { plannedFor } from "../domain/shift";
import { isListed } from "../domain/slips";
import { addSums, ZERO } from "../domain/sums";
import * as store from "../store/device";
import { countedOps, countWaiting, daysOf } from "../store/outbox";
import { forgetRecipient } from "./recipient";
import { catalogue, device, own, place, planned, queue, shift, slips, sums, sync, today, week, weekDays } from "./state";

const CANARY_SECONDS = 400 * 86_400;

/** Device id and number of unsent ops in a cookie that only `/canary/` sees: it outlives a cleared store. */
function leaveCanary(id: string, unsent: number): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `canary=${id}.${unsent}; Path=/canary/; Max-Age=${CANARY_SECONDS}; SameSite=Strict${secure}`;
}

/** Reads sums, queue and state of synchronisation anew. */
export async function refresh(): Promise<void> {
  const self = device.value;
  if (self === undefined) return;
  const day = today.value;
  const [ops, unsent, state, running, open, rows] = await Promise.all([
    countedOps(day),
    countWaiting(),
    store.syncState(),
    store.shift(),
    store.slips(),
    daysOf(self.author, mondayOf(day), addDays(mondayOf(day), 6)),
  ]);
  queue.value = queueOf(ops, day, self.author);
  sync.value = state;
  shift.value = running;
  planned.value = own.value?.author === self.author ? plannedFor(day, own.value.shifts, new Set(ops.map((op) => op.record))) : [];
  const listed = open.filter((row) => isListed(row, day));
  if (listed.length < open.length) await store.filterSlips((row) => isListed(row, day));
  slips.value = [...listed].reverse();
  sums.value = rows.find((row) => row.day === day)?.sums ?? ZERO;
  weekDays.value = weekBars(rows, mondayOf(day), day);
  week.value = rows.reduce((sum, row) => addSums(sum, row.sums), ZERO);
  leaveCanary(self.device, unsent);
}

/** Reads what an enrolment or a pull may have changed. */
export async function refreshContract(): Promise<void> {
  forgetRecipient();
  catalogue.value = (await store.catalogue()) ?? catalogue.value;
  place.value = (await store.place()) ?? place.value;
  own.value = (await store.own()) ?? own.value;
}
