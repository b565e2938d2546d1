// Me: the lock. Setting a PIN, changing it, a second PIN, turning it off. Each change asks for the PIN first, and nothing here tells whether a
// second one is set.
import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import { check, setPin, turnOff, type Checked } from "../../../app/pin";
import { pinSet, pinWanted } from "../../../app/state";
import { isObvious } from "../../../domain/pin";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Banner } from "../../kit/Card";
import { Sheet } from "../../kit/Sheet";
import { minutesTo } from "./LockScreen";
import { PinPad } from "./PinPad";

/** What is being done. */
type Task = "set" | "change" | "second" | "off";
/** What is being typed: the PIN that is set, a new one, the same again. */
type Step = "check" | "new" | "again";

const TITLES = { set: "pin_set", change: "pin_change", second: "pin_second", off: "pin_off" } as const;

/** What is said once it is done. */
const SAID = { set: "pin_is_set", change: "pin_is_changed", second: "pin_second_is_set", off: "pin_is_off" } as const;

/** Texts of what the server or the store refused. */
const REFUSED = ["no_network", "not_our_server", "not_saved", "pin_unsure"] as const;

function refusal(code: string): string {
  const known = REFUSED.find((one) => one === code);
  return t(known === undefined ? "error_other" : `error_${known}`);
}

function problemOf(answer: Exclude<Checked, { kind: "right" }>): string {
  if (answer.kind === "wait") return t("pin_wait", { n: minutesTo(answer.ms) });
  return answer.kind === "wrong" ? t("pin_wrong") : t("error_no_network");
}

function labelOf(task: Task, step: Step): string {
  if (step === "check") return t("pin_enter_now");
  if (step === "again") return t("pin_again");
  return task === "second" ? t("pin_second_new") : t("pin_new");
}

/** What was typed in the steps before. It is in the sheet's memory and goes with it. */
interface Before {
  now?: string;
  fresh?: string;
}

/** What follows a step: another one, the same with a problem, or the end with what is said then. */
type Outcome = { said: string } | { step: Step; problem?: string; keep?: Before };

async function prove(task: Task, digits: string): Promise<Outcome> {
  const answer = await check(digits);
  if (answer.kind !== "right") return { step: "check", problem: problemOf(answer) };
  if (task !== "off") return { step: "new", keep: { now: digits } };
  await turnOff();
  return { said: t(SAID[task]) };
}

function choose(task: Task, digits: string, { now }: Before): Outcome {
  if (isObvious(digits)) return { step: "new", problem: t("pin_obvious") };
  if (task === "second" && digits === now) return { step: "new", problem: t("pin_second_same") };
  return { step: "again", keep: { fresh: digits } };
}

async function confirm(task: Task, digits: string, { now, fresh }: Before): Promise<Outcome> {
  if (digits !== fresh) return { step: "new", problem: t("pin_differs") };
  const code = task === "second" && now !== undefined ? await setPin(now, digits, now) : await setPin(digits, undefined, now);
  if (code !== undefined) return { step: "new", problem: refusal(code) };
  return { said: t(SAID[task]) };
}

function next(task: Task, step: Step, digits: string, before: Before): Promise<Outcome> | Outcome {
  if (step === "check") return prove(task, digits);
  return step === "new" ? choose(task, digits, before) : confirm(task, digits, before);
}

function TaskSheet({ task, onDone, onClose }: { task: Task; onDone: (said: string) => void; onClose: () => void }): JSX.Element {
  const [at, setAt] = useState<{ step: Step; problem?: string }>({ step: task === "set" ? "new" : "check" });
  const [before, setBefore] = useState<Before>({});
  const [busy, setBusy] = useState(false);
  const type = async (digits: string): Promise<void> => {
    setBusy(true);
    const outcome = await Promise.resolve(next(task, at.step, digits, before)).catch((): Outcome => ({ step: at.step, problem: refusal("not_saved") }));
    setBusy(false);
    if ("said" in outcome) onDone(outcome.said);
    else {
      setBefore({ ...before, ...outcome.keep });
      setAt(outcome);
    }
  };
  return (
    <Sheet title={t(TITLES[task])} done={t("close")} onClose={onClose} hasMain>
      {at.step === "new" && <p class="muted small">{t(task === "second" ? "pin_second_about" : "pin_about")}</p>}
      <PinPad key={at.step} label={labelOf(task, at.step)} problem={at.problem} done={t("pin_next")} busy={busy} onDone={(digits) => void type(digits)} />
    </Sheet>
  );
}

/** The section. */
export function LockSettings(): JSX.Element {
  const [task, setTask] = useState<Task | undefined>(pinWanted.value && !pinSet.value ? "set" : undefined);
  useEffect(() => {
    pinWanted.value = false;
  }, []);
  const [said, setSaid] = useState("");
  const tasks: readonly Task[] = pinSet.value ? ["change", "second", "off"] : ["set"];
  const done = (words: string): void => {
    setTask(undefined);
    setSaid(words);
  };
  return (
    <section class="stack">
      <h2>{t("lock_title")}</h2>
      <p class="muted small">{t(pinSet.value ? "lock_is_on" : "lock_is_off")}</p>
      {said !== "" && <Banner kind="good">{said}</Banner>}
      {tasks.map((one) => (
        <Button key={one} icon={one === "set" ? "lock" : undefined} onClick={() => setTask(one)}>
          {t(TITLES[one])}
        </Button>
      ))}
      {task !== undefined && <TaskSheet task={task} onDone={done} onClose={() => setTask(undefined)} />}
    </section>
  );
}
