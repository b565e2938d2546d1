// The sync engine of this page and what sets it off: saves, being seen, the network's return, other tabs.
import { Engine } from "../sync/engine";
import { sources, tick, seen } from "./clock";
import { lock, rearm } from "./lock";
import { refresh, refreshContract } from "./refresh";
import { waitingOps } from "../store/outbox";
import type { Brought } from "../sync/pull";
import { takeQuestions } from "./questions";
import { answeredAt, bagMoves, device, locked, ownFigures, syncing } from "./state";

let engine: Engine | undefined;
let channel: BroadcastChannel | undefined;

/** Something to send, or a moment to try. */
export function poke(): void {
  engine?.poke();
}

/** "Sync now". */
export async function syncNow(): Promise<void> {
  await engine?.now();
}

/** What one page tells the others. */
type Told = "changed" | "device" | "pin" | "lock" | "exit";

/**
 * Other tabs read the store anew, begin anew when this phone became another device, look anew what the PIN guards, lock or hide like this one.
 */
export function tellOthers(what: Told = "changed"): void {
  channel?.postMessage(what);
}

function changed(): void {
  void refreshContract().then(refresh);
  tellOthers();
}

/** What the server has by now is in its bag; of what this page saved, only what still waits is not. */
async function followBag(): Promise<void> {
  const waiting = new Set((await waitingOps()).map((op) => op.op));
  bagMoves.value = bagMoves.value.filter((move) => waiting.has(move.op));
}

function pulled({ own: { figures }, questions }: Brought): void {
  takeQuestions(questions);
  // Locking drops them; behind the lock none is taken.
  if (figures === undefined || locked.value) return;
  ownFigures.value = figures;
  void followBag();
}

/** Nothing of what this page remembers is to stay. */
function wiped(): void {
  tellOthers("device");
  location.replace("/");
}

const MINUTE_MS = 60_000;

/** What the engine calls of the page. */
interface Calls {
  /** Each minute, and whenever the page is seen again. */
  look: () => void;
  /** When another tab was left in a hurry. */
  exit: () => void;
}

function hear(told: Told, author: string, exit: () => void): void {
  if (told === "device") location.reload();
  else if (told === "exit") exit();
  else if (told === "lock") lock();
  else if (told === "pin") void rearm(author);
  else void refreshContract().then(refresh);
}

/** Starts the engine for this phone. */
export function startEngine({ look: onLook, exit }: Calls): void {
  const look = (): void => {
    if (tick()) void refresh();
    onLook();
  };
  const self = device.value;
  if (self === undefined || engine !== undefined) return;
  engine = new Engine({ device: self, sources, changed, pulled, wiped, answered: (at) => (answeredAt.value = at), busy: (on) => (syncing.value = on) });
  channel = new BroadcastChannel("rounds");
  channel.addEventListener("message", ({ data }: MessageEvent<Told>) => hear(data, self.author, exit));
  document.addEventListener("visibilitychange", () => {
    seen(document.visibilityState === "visible");
    if (document.visibilityState !== "visible") return;
    look();
    poke();
  });
  // Only a hint: the engine tries and believes nothing but a genuine answer.
  addEventListener("online", poke);
  setInterval(look, MINUTE_MS);
  poke();
}
