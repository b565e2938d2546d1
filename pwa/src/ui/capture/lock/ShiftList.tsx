// "This shift": what was saved since its start, newest first, as far as it is in the list. A tap opens what can be done: correct, or take back.
import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import { correct, entries, isCorrectable, remove, timeOf, type Listed } from "../../../app/entries";
import { key } from "../../../app/list";
import { catalogue, queue } from "../../../app/state";
import { signsOf, type Standing } from "../../../domain/listed";
import { clock } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { Sheet } from "../../kit/Sheet";
import { figure } from "../words";
import "./lock.css";

const MARKS: Readonly<Record<Standing, string>> = { waiting: "wait", received: "check", attention: "alert", changed: "person" };

/** Icons of records that are no contact. */
const KINDS: Readonly<Record<Exclude<Listed["kind"], "contact">, string>> = {
  tally_sheet: "list",
  group_session: "people",
  overdose: "pulse",
  incident: "alert",
  debrief: "talk",
  answer: "talk",
  collection: "bin",
  expense: "coins",
  stock_move: "sack",
  referral: "signs",
  referral_event: "signs",
  shift: "today",
};

function Signs({ entry }: { entry: Listed }): JSX.Element {
  const known = catalogue.value;
  if (entry.kind !== "contact") return <Icon name={KINDS[entry.kind]} />;
  const signs = entry.draft === undefined || known === undefined ? [] : signsOf(entry.draft, known);
  if (signs.length === 0) return <Icon name="talk" />;
  return (
    <>
      {signs.map(({ icon, n }, at) => (
        <span key={at} class="sign">
          <Icon name={icon} />
          {n > 0 && figure(n)}
        </span>
      ))}
    </>
  );
}

function Line({ entry, onTap }: { entry: Listed; onTap: () => void }): JSX.Element {
  return (
    <li>
      <Button class="list-line" onClick={onTap}>
        <span class="figure">{clock(timeOf(entry))}</span>
        <span class="signs">
          <Signs entry={entry} />
        </span>
        {entry.rev > 1 && <small class="muted">{t("list_corrected")}</small>}
        <Icon name={MARKS[entry.standing]} />
        <span class="hide-text">{t(`list_${entry.standing}`)}</span>
      </Button>
    </li>
  );
}

/** How long the second tap of a cold hand may come after the first, ms. */
const TWICE_MS = 700;

/** Taking back: asked once more, because it can't be undone, and deaf for a moment, because fingers tap twice. */
function TakeBack({ onSure }: { onSure: () => void }): JSX.Element {
  const [sure, setSure] = useState(false);
  const [isDeaf, setDeaf] = useState(false);
  useEffect(() => {
    if (!sure) return undefined;
    const timer = setTimeout(() => setDeaf(false), TWICE_MS);
    return () => clearTimeout(timer);
  }, [sure]);
  const tap = (): void => {
    if (isDeaf) return;
    if (sure) onSure();
    setSure(true);
    setDeaf(!sure);
  };
  // Not disabled, which would take the focus out of the sheet.
  return (
    <Button look={sure ? "danger" : undefined} aria-disabled={isDeaf} onClick={tap}>
      {t(sure ? "list_remove_sure" : "list_remove")}
    </Button>
  );
}

/** What can be done with an entry. */
function EntrySheet({ entry, onClose }: { entry: Listed; onClose: () => void }): JSX.Element {
  return (
    <Sheet title={t("list_entry", { time: clock(timeOf(entry)) })} done={t("close")} onClose={onClose}>
      <p class="row">
        <Icon name={MARKS[entry.standing]} />
        {t(`list_${entry.standing}`)}
      </p>
      {entry.standing === "changed" ? (
        <p>{t("list_changed_about")}</p>
      ) : (
        <>
          {isCorrectable(entry) && (
            <Button
              look="big"
              onClick={() => {
                onClose();
                correct(entry);
              }}
            >
              {t("list_correct")}
            </Button>
          )}
          <TakeBack onSure={() => void remove(entry).then(onClose)} />
        </>
      )}
    </Sheet>
  );
}

/** The list; nothing while it is empty. It is read anew whenever something was saved or received. */
export function ShiftList(): JSX.Element | null {
  const [listed, setListed] = useState<readonly Listed[]>([]);
  const [open, setOpen] = useState<Listed | undefined>(undefined);
  const [under, counted] = [key.value, queue.value];
  useEffect(() => {
    let isHere = true;
    void entries().then((found) => isHere && setListed(found));
    return () => {
      isHere = false;
    };
  }, [under, counted]);
  if (under === undefined || listed.length === 0) return null;
  return (
    <section class="list" aria-label={t("list_title")}>
      <h2>{t("list_title")}</h2>
      <ul>
        {listed.map((entry) => (
          <Line key={entry.row} entry={entry} onTap={() => setOpen(entry)} />
        ))}
      </ul>
      {open !== undefined && <EntrySheet entry={open} onClose={() => setOpen(undefined)} />}
    </section>
  );
}
