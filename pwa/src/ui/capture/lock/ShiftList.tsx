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
import { Banner } from "../../kit/Card";
import { Icon } from "../../kit/Icon";
import { Sheet } from "../../kit/Sheet";
import { SaveTrouble } from "../copy/SaveCopy";
import { figure } from "../words";
import "./lock.css";

const MARKS: Readonly<Record<Standing, string>> = { waiting: "wait", received: "check", attention: "alert", changed: "person", deleted: "bin" };

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

interface TakingProps {
  entry: Listed;
  onCorrect: () => void;
  onTaken: () => void;
}

/**
 * Correcting and taking back. The question that comes before the latter is answered with yes on another place than that of the first tap, so
 * that two quick taps take nothing back.
 */
function Taking({ entry, onCorrect, onTaken }: TakingProps): JSX.Element {
  const [sure, setSure] = useState(false);
  const [taking, setTaking] = useState<"not" | "busy" | "failed">("not");
  const take = async (): Promise<void> => {
    setTaking("busy");
    if (await remove(entry)) onTaken();
    else setTaking("failed");
  };
  if (!sure) {
    return (
      <>
        {isCorrectable(entry) && (
          <Button look="big" onClick={onCorrect}>
            {t("list_correct")}
          </Button>
        )}
        <Button onClick={() => setSure(true)}>{t("list_remove")}</Button>
      </>
    );
  }
  return (
    <>
      {taking === "failed" && <SaveTrouble />}
      <Button look="danger" disabled={taking === "busy"} onClick={() => void take()}>
        {t("list_remove_sure")}
      </Button>
      <Button disabled={taking === "busy"} onClick={() => setSure(false)}>
        {t("list_remove_no")}
      </Button>
    </>
  );
}

/** What can be done with an entry. */
function EntrySheet({ entry, onClose }: { entry: Listed; onClose: () => void }): JSX.Element {
  const fixed = entry.standing === "changed" || entry.standing === "deleted";
  const toPad = (): void => {
    onClose();
    correct(entry);
  };
  return (
    <Sheet title={t("list_entry", { time: clock(timeOf(entry)) })} done={t("close")} onClose={onClose}>
      <p class="row">
        <Icon name={MARKS[entry.standing]} />
        {t(`list_${entry.standing}`)}
      </p>
      {entry.standing === "changed" && <p>{t("list_changed_about")}</p>}
      {!fixed && <Taking entry={entry} onCorrect={toPad} onTaken={onClose} />}
    </Sheet>
  );
}

/** The list; nothing while it is empty. It is read anew whenever something was saved or received. */
export function ShiftList(): JSX.Element | null {
  const [listed, setListed] = useState<readonly Listed[] | "unread">([]);
  const [open, setOpen] = useState<string | undefined>(undefined);
  const [under, counted] = [key.value, queue.value];
  useEffect(() => {
    let isHere = true;
    const keep = (found: readonly Listed[] | "unread"): void => {
      if (isHere) setListed(found);
    };
    entries().then(keep, () => keep("unread"));
    return () => {
      isHere = false;
    };
  }, [under, counted]);
  if (listed === "unread") return <Banner kind="warn">{t("list_unread")}</Banner>;
  if (under === undefined || listed.length === 0) return null;
  // As it stands now: what was changed on another page or received meanwhile shows.
  const opened = listed.find(({ row }) => row === open);
  return (
    <section class="list" aria-label={t("list_title")}>
      <h2>{t("list_title")}</h2>
      <ul>
        {listed.map((entry) => (
          <Line key={entry.row} entry={entry} onTap={() => setOpen(entry.row)} />
        ))}
      </ul>
      {opened !== undefined && <EntrySheet entry={opened} onClose={() => setOpen(undefined)} />}
    </section>
  );
}
