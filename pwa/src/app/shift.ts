// The shift as the context of what is saved: its start, what changes while it runs, its stop, and its end when nobody stopped it.
import type { PlannedShift } from "../generated/contract";
import type { Place } from "../domain/around";
import { isForgotten, outingOf, shiftBody, type Whose } from "../domain/shift";
import { ZERO } from "../domain/sums";
import * as store from "../store/device";
import { capturedNow, sources, tick } from "./clock";
import { tellOthers } from "./engine";
import { saveRecord } from "./records";
import { refresh } from "./refresh";
import * as state from "./state";

/** Hour at which a shift ends by itself in a programme that chose none. */
const CLOSE_HOUR = 6;

/** The hour at which a shift that nobody stopped ends. */
export function closeHour(): number {
  return state.catalogue.value?.shift_close_hour ?? CLOSE_HOUR;
}

/** Starts and ends of the shift come one after the other, over all tabs. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request("shift", work);
}

function whose(): Whose | undefined {
  const [self, catalogue] = [state.device.value, state.catalogue.value];
  return self === undefined || catalogue === undefined ? undefined : { worker: self.author, catalogue: catalogue.version };
}

/** Starts a shift, planned or not. What is saved from now on belongs to it. */
export async function startShift(where: Place, plan?: PlannedShift): Promise<void> {
  tick();
  const [self, day, since] = [whose(), state.today.value, capturedNow()];
  if (self === undefined) return;
  await inTurn(async () => {
    // Another tab may have been first.
    if ((await store.shift()) !== undefined) return refresh();
    const outing = outingOf(where, day, since, plan);
    const place = { site: where.site, mode: where.mode, setting: where.setting, day };
    await saveRecord({ kind: "shift", body: shiftBody(outing, self, "started", since) }, () => (state.place.value = place), {
      ...(plan === undefined ? {} : { about: { record: plan.record, rev: plan.rev + 1 } }),
      running: ({ record, rev }) => ({ ...outing, record, rev, sums: ZERO }),
      place,
      quiet: true,
    });
    state.closedShift.value = undefined;
  });
}

/** The worker moved on: what is saved from now on says so. */
export async function movePlace(change: Partial<Place>): Promise<void> {
  const before = state.place.value;
  if (before === undefined) return;
  const place = { ...before, ...change, day: state.today.value };
  state.place.value = place;
  await store.keepPlace(place);
  tellOthers();
}

/** Somebody came along or left; the shift's stop states who is out. With somebody, nobody is out alone. */
export async function togglePartner(id: string): Promise<void> {
  const was = state.shift.value?.with ?? [];
  const now = was.includes(id) ? was.filter((one) => one !== id) : [...was, id];
  await store.changeShift((row) => ({ ...row, with: now }));
  if (now.length > 0 && state.place.value?.mode === "alone") await movePlace({ mode: "pair" });
  await refresh();
  tellOthers();
}

/** Stops the shift. Answers whether it is stopped. */
export async function stopShift(): Promise<boolean> {
  const self = whose();
  let stopped = false;
  if (self === undefined) return stopped;
  await inTurn(async () => {
    const row = await store.shift();
    const now = capturedNow();
    const body = row === undefined ? undefined : shiftBody(row, self, "done", now, now);
    stopped = row === undefined || body === undefined || (await endIt(row, body));
  });
  return stopped;
}

async function endIt(row: { record: string; rev: number }, body: ReturnType<typeof shiftBody>): Promise<boolean> {
  const about = { record: row.record, rev: row.rev + 1 };
  return (await saveRecord({ kind: "shift", body }, undefined, { about, running: () => null, quiet: true })) !== undefined;
}

/** Ends a shift that nobody stopped once its hour has come, and says so on the home screen. Not under an open form: it is looked at again. */
export async function closeForgotten(): Promise<void> {
  const [self, zone] = [whose(), state.device.value?.tz];
  const formIsOpen = state.view.value === "pad" || state.view.value === "form";
  if (self === undefined || zone === undefined || state.shift.value === undefined || formIsOpen) return;
  if (!isForgotten(state.shift.value.since, zone, closeHour(), sources.now())) return;
  await inTurn(async () => {
    const row = await store.shift();
    if (row === undefined || !isForgotten(row.since, zone, closeHour(), sources.now())) return;
    if (await endIt(row, shiftBody(row, self, "done"))) state.closedShift.value = row.day;
  });
}
