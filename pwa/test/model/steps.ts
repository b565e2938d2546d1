// What can happen to a phone, as data that fast-check makes and shrinks, and how it is done to the simulated one.
import fc from "fast-check";
import type { DaySums } from "../../src/generated/contract";
import { FAULTS, RETRY_AFTER, type Fault, type Network } from "./network";
import type { Page, Phone } from "./phone";
import type { Fare, Server } from "./server";
import type { World } from "./world";

/** One thing that happens. `page` and `pick` choose among what is there. */
export type Step =
  | { do: "save"; page: number; fare: Fare; count: number }
  | { do: "undo" | "correct"; page: number; pick: number }
  | { do: "send"; page: number }
  | { do: "seen"; page: number }
  | { do: "open"; newer: boolean }
  | { do: "kill" | "discard"; page: number }
  | { do: "fault"; faults: Fault[]; retryAfter: string }
  | { do: "network"; down: boolean }
  | { do: "time"; ms: number }
  | { do: "drawer"; ms: number }
  | { do: "clock"; skew: number }
  | { do: "full"; full: boolean }
  | { do: "backup"; checked: boolean }
  | { do: "restore"; pick: number; byHand: boolean }
  | { do: "others"; times: number }
  | { do: "supervise"; pick: number; remove: boolean }
  | { do: "busy"; busy: boolean }
  | { do: "patch" }
  | { do: "ask_again" }
  | { do: "revoke" }
  | { do: "enrol" };

/** A step, and how far what it set off gets before the next: some steps of the world, or until all is at rest. */
export interface Timed {
  step: Step;
  then: number | "rest";
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Where a clock may jump to, as a difference: right, a day off, years off. */
const SKEWS = [0, 0, -DAY, DAY, 9 * DAY, -9 * DAY, -56 * 365 * DAY, 12 * 365 * DAY] as const;
const TIMES = [100, 250, 1_000, 5_000, 46_000, 120_000, 16 * 60_000, HOUR] as const;
/** How long the phone lies in a drawer. */
const DRAWER = [7 * HOUR, 26 * HOUR, 32 * DAY, 42 * DAY] as const;

const page = fc.nat(2);
const pick = fc.nat(20);
const fare = fc.oneof({ weight: 12, arbitrary: fc.constant("good" as const) }, { weight: 4, arbitrary: fc.constantFrom("bad", "foreign", "later", "poison", "big" as const) });

const STEPS: { weight: number; arbitrary: fc.Arbitrary<Step> }[] = [
  { weight: 14, arbitrary: fc.record({ do: fc.constant("save" as const), page, fare, count: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 60 }) }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("undo", "correct" as const), page, pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("send", "seen" as const), page }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("open" as const), newer: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("kill" as const), page }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("discard" as const), page }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("fault" as const), faults: fc.array(fc.constantFrom(...FAULTS), { minLength: 1, maxLength: 6 }), retryAfter: fc.constantFrom(...RETRY_AFTER) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("network" as const), down: fc.boolean() }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constant("time" as const), ms: fc.constantFrom(...TIMES) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("drawer" as const), ms: fc.constantFrom(...DRAWER) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("clock" as const), skew: fc.constantFrom(...SKEWS) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("full" as const), full: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("backup" as const), checked: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("restore" as const), pick, byHand: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("others" as const), times: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("supervise" as const), pick, remove: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("busy" as const), busy: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("patch", "ask_again" as const) }) },
  { weight: 1, arbitrary: fc.oneof({ weight: 1, arbitrary: fc.constant({ do: "revoke" as const }) }, { weight: 1, arbitrary: fc.constant({ do: "enrol" as const }) }) },
];

const then = fc.oneof({ weight: 3, arbitrary: fc.constant("rest" as const) }, { weight: 2, arbitrary: fc.nat(60) });

/** Histories. */
export const histories = (longest: number): fc.Arbitrary<Timed[]> => fc.array(fc.record({ step: fc.oneof(...STEPS), then }), { minLength: 10, maxLength: longest, size: "max" });

/** All that a history happens to. */
export interface Scene {
  world: World;
  phone: Phone;
  server: Server;
  network: Network;
  /** An older state of the server was put back at some time. */
  restored: boolean;
}

/** Sums of the n-th tap: no two alike, so that a wrong sum shows. */
function sumsOf(n: number): DaySums {
  return { contacts: 1, new_contacts: n % 2, syringes_out: 10 + n, syringes_in: n, naloxone_kits: n % 3 };
}

function pageOf({ phone }: Scene, n: number): Page | undefined {
  return phone.pages[n % Math.max(1, phone.pages.length)];
}

/** Does a step that needs a page; without one nothing happens. */
async function onPage(scene: Scene, step: Extract<Step, { page: number }>): Promise<void> {
  const page = pageOf(scene, step.page);
  if (page === undefined) return;
  switch (step.do) {
    case "save":
      for (let n = 0; n < step.count; n += 1) scene.phone.save(page, step.fare, sumsOf(scene.phone.taps.length));
      return;
    case "undo":
    case "correct":
      scene.phone.change(page, step.pick, step.do === "undo");
      return;
    case "send":
      scene.phone.now(page);
      return;
    case "seen":
      scene.phone.poke(page);
      return;
    case "kill":
      scene.phone.kill(page);
      return;
    case "discard":
      await scene.phone.discard(page);
      return;
  }
}

async function doOther(scene: Scene, step: Exclude<Step, { page: number }>): Promise<void> {
  const { world, phone, server, network } = scene;
  switch (step.do) {
    case "open":
      if (phone.hasRoom()) await phone.openPage(step.newer);
      return;
    case "fault":
      network.next = [...step.faults];
      network.retryAfter = step.retryAfter;
      return;
    case "network":
      network.down = step.down;
      return;
    case "time":
      await world.pass(step.ms);
      return;
    case "drawer":
      for (const page of [...phone.pages]) phone.kill(page);
      await world.pass(step.ms);
      await phone.openPage(false);
      return;
    case "clock":
      world.skew = step.skew;
      return;
    case "full":
      world.full = step.full;
      return;
    case "backup":
      server.backup(step.checked);
      return;
    case "restore":
      scene.restored = server.restore(step.pick, step.byHand) || scene.restored;
      return;
    case "others":
      server.others(step.times);
      return;
    case "supervise":
      server.supervise(step.pick, step.remove ? undefined : sumsOf(1_000));
      return;
    case "busy":
      server.busy = step.busy;
      return;
    case "patch":
      server.patched = true;
      return;
    case "ask_again":
      server.askAgain();
      return;
    case "revoke":
      server.revoked.add(phone.device);
      return;
    case "enrol":
      // Nobody enrols on a phone without room.
      if (world.full) return;
      await world.idle();
      await phone.enrol(server.state.epoch);
      return;
  }
}

/** Does a step. */
export async function perform(scene: Scene, step: Step): Promise<void> {
  if ("page" in step) await onPage(scene, step);
  else await doOther(scene, step);
}
