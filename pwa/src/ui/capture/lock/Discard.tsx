// Me: deleting what was not sent. It says how much is lost, offers a copy first, and asks for the number to be typed.
import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import { discard, unsent } from "../../../app/discard";
import { queue } from "../../../app/state";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Banner } from "../../kit/Card";
import { Keys } from "../../kit/Keys";
import { Sheet } from "../../kit/Sheet";
import { SaveCopy } from "../copy/SaveCopy";

const MOST = 1_000_000;

type Held = Awaited<ReturnType<typeof unsent>>;

/** What waits, counted when the sheet opens. */
function useUnsent(): { held: Held | undefined; unread: boolean } {
  const [held, setHeld] = useState<Held | undefined>(undefined);
  const [unread, setUnread] = useState(false);
  useEffect(() => {
    unsent().then(setHeld, () => setUnread(true));
  }, []);
  return { held, unread };
}

function DiscardSheet({ onDone, onClose }: { onDone: (n: number) => void; onClose: () => void }): JSX.Element {
  const { held, unread } = useUnsent();
  const [typed, setTyped] = useState(0);
  const [deleting, setDeleting] = useState<"not" | "busy" | "failed">("not");
  if (held === undefined) return <Sheet title={t("discard")} done={t("close")} onClose={onClose} children={unread && <Banner kind="danger">{t("discard_failed")}</Banner>} />;
  const tap = async (): Promise<void> => {
    setDeleting("busy");
    try {
      await discard(held.ops);
      onDone(held.records);
    } catch {
      setDeleting("failed");
    }
  };
  const others = queue.value.others;
  return (
    <Sheet title={t("discard")} done={t("close")} onClose={onClose}>
      <Banner kind="danger">{t("discard_about", { n: held.records })}</Banner>
      {others > 0 && <p>{t("discard_others", { n: others })}</p>}
      <SaveCopy />
      <p>{t("discard_type", { n: held.records })}</p>
      <output class="numbers-value" aria-live="polite">
        {typed > 0 ? typed : ""}
      </output>
      <Keys erase={t("erase")} onKey={(key) => setTyped(key === "erase" ? Math.floor(typed / 10) : Math.min(MOST, typed * 10 + Number(key)))} />
      {deleting === "busy" && <p role="status">{t("discard_busy")}</p>}
      {deleting === "failed" && <Banner kind="danger">{t("discard_failed")}</Banner>}
      <Button look="danger" icon="bin" disabled={deleting === "busy" || held.records === 0 || typed !== held.records} onClick={() => void tap()}>
        {t("discard_now", { n: held.records })}
      </Button>
    </Sheet>
  );
}

/** The button, where something waits, and after it what was done. */
export function Discard(): JSX.Element | null {
  const [isOpen, setOpen] = useState(false);
  const [deleted, setDeleted] = useState<number | undefined>(undefined);
  if (deleted !== undefined) {
    return (
      <Banner kind="info">
        {t("discarded_records", { n: deleted })} {t("discarded_sums")}
      </Banner>
    );
  }
  if (queue.value.waiting + queue.value.removals === 0) return null;
  const done = (n: number): void => {
    setOpen(false);
    setDeleted(n);
  };
  return (
    <>
      <Button look="plain danger" onClick={() => setOpen(true)}>
        {t("discard_open")}
      </Button>
      {isOpen && <DiscardSheet onDone={done} onClose={() => setOpen(false)} />}
    </>
  );
}
