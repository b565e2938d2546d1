// The lock: time, date, and the keys for the PIN. One way to record without it; nothing here says what the app is or holds.
import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import { openPad } from "../../../app/actions";
import { refused, unlock, type Unlocked } from "../../../app/pin";
import { notice, shift } from "../../../app/state";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { TurnButton } from "../turn/TurnButton";
import { useClock } from "../useClock";
import { PinPad } from "./PinPad";

/** Minutes until a time, at least one. */
export function minutesTo(ms: number): number {
  return Math.max(1, Math.ceil(ms / 60_000));
}

function problemOf(answer: Unlocked | undefined): string | undefined {
  if (answer?.kind === "wait") return t("pin_wait", { n: minutesTo(answer.ms) });
  return answer?.kind === "wrong" || refused.value ? t("pin_wrong") : undefined;
}

/** The screen. */
export function LockScreen(): JSX.Element {
  const [answer, setAnswer] = useState<Unlocked | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const { time, day } = useClock();
  const open = async (digits: string): Promise<void> => {
    setBusy(true);
    setAnswer(await unlock(digits).catch((): Unlocked => ({ kind: "wrong" })));
    setBusy(false);
  };
  useEffect(() => {
    if (answer?.kind !== "wait") return undefined;
    const timer = setTimeout(() => setAnswer(undefined), answer.ms);
    return () => clearTimeout(timer);
  }, [answer]);
  return (
    <main class="page lock">
      <h1 class="lock-clock">
        <strong>{time}</strong>
        <small>{day}</small>
      </h1>
      {notice.value?.kind === "saved" && (
        <p class="notice" role="status">
          {t("saved")}
        </p>
      )}
      <PinPad label={t("pin_enter")} problem={problemOf(answer)} done={t("pin_open")} busy={busy} onDone={(digits) => void open(digits)} />
      <TurnButton />
      {shift.value !== undefined && (
        <Button look="big" icon="plus" onClick={() => openPad()}>
          {t("pin_record")}
        </Button>
      )}
    </main>
  );
}
