// Saving: what was changed, what the server refused, and what to do when somebody else saved meanwhile.
import { useEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { entries, tidied, type ListName } from "../../../domain/console/catalogue";
import { differences, mergeOnto, type Clash, type Difference, type Part } from "../../../domain/console/catalogue-merge";
import { t } from "../../../i18n/console";
import type { Catalogue } from "../../../generated/contract";
import { ApiError, api } from "../../../sync/console-api";
import { list as strung } from "../../console/format";
import { useSend } from "../../console/load";
import { Confirm } from "../../console/Page";
import { Trouble, fieldErrors, fieldText, wordsFor } from "../../console/problem";
import { Button } from "../../kit/Button";
import { Banner } from "../../kit/Card";
import { entryName } from "./ListPart";
import { changes, draft, goTo, refused, saved, takeUp } from "./state";

const isList = (part: Part): part is ListName => part !== "pad" && part !== "programme";

/** Name of a part of the catalogue. */
function partName(part: Part): string {
  return isList(part) ? t(`cat_list_${part}`) : t(`cat_part_${part}`);
}

function subject(catalogue: Catalogue, part: Part, code: string | undefined): string {
  if (code === undefined || !isList(part)) return partName(part);
  const entry = entries(catalogue, part).find((one) => one.code === code);
  return t("cat_subject", { list: partName(part), name: entry === undefined ? code : entryName(entry) });
}

const fieldName = (field: string): string => wordsFor("cat_field", field) ?? field;

/** One change in words. */
function changeText(catalogue: Catalogue, { part, code, kind, fields }: Difference): string {
  const what = kind === "changed" ? strung(fields.map(fieldName)) : t(`cat_change_${kind}`);
  return t("cat_change", { subject: subject(catalogue, part, code), what });
}

function ChangeList({ catalogue, of }: { catalogue: Catalogue; of: readonly Difference[] }): JSX.Element {
  return (
    <ul class="points">
      {of.map((one) => (
        <li key={`${one.part} ${one.code ?? ""} ${one.kind}`}>{changeText(catalogue, one)}</li>
      ))}
    </ul>
  );
}

/** Takes the focus when it appears: Save is pressed far below, and what came of it must be seen. */
function Seen({ children }: { children: ComponentChildren }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} class="cat-seen">
      {children}
    </div>
  );
}

/** What a path of an error is about, in words. */
function pathName(catalogue: Catalogue, path: string): string {
  const [, part = "", index = "", rest = ""] = /^(\w+)(?:\[(\d+)\])?\.?(.*)$/u.exec(path) ?? [];
  const field = /^(\w*)/u.exec(rest)?.[1] ?? "";
  if (part === "pad") return strung([partName("pad"), fieldName(field)]);
  if (index === "") return field === "" ? fieldName(part) : strung([fieldName(part), field]);
  const list = part as ListName;
  const entry = entries(catalogue, list)[Number(index)];
  const name = t("cat_subject", { list: partName(list), name: entry === undefined ? index : entryName(entry) });
  return field === "" ? name : strung([name, fieldName(field)]);
}

/** What the server refused, with links to the fields. */
function Refused({ catalogue }: { catalogue: Catalogue }): JSX.Element | null {
  const errors = refused.value;
  const n = errors.length;
  if (n === 0) return null;
  return (
    <Seen>
      <Banner kind="danger">
        <p>{t("cat_refused", { n })}</p>
        <ul class="points">
          {errors.map((error) => (
            <li key={`${error.path} ${error.code}`}>
              <button type="button" class="cat-link" onClick={() => goTo(error.path)}>
                {t("cat_change", { subject: pathName(catalogue, error.path), what: fieldText(error) })}
              </button>
            </li>
          ))}
        </ul>
      </Banner>
    </Seen>
  );
}

/** Somebody else saved: what they changed, and two ways on. Nothing of one's own goes before one of them is chosen. */
function Moved({ mine, onDone }: { mine: Catalogue; onDone: (clashes: readonly Clash[]) => void }): JSX.Element {
  const [theirs, setTheirs] = useState<Catalogue | undefined>(undefined);
  const sending = useSend();
  const load = (): void => {
    void sending.send(async () => {
      setTheirs(await api.catalogue());
    });
  };
  useEffect(load, []);
  const base = saved.value;
  const join = (now: Catalogue): void => {
    if (base === undefined) return;
    const merged = mergeOnto(base, mine, now);
    takeUp(now);
    draft.value = merged.catalogue;
    onDone(merged.clashes);
  };
  return (
    <Banner kind="warn">
      <p>{t("cat_moved_meanwhile")}</p>
      {sending.error !== undefined && <Trouble error={sending.error} again={load} />}
      {theirs !== undefined && base !== undefined && (
        <>
          <ChangeList catalogue={theirs} of={differences(base, theirs)} />
          <div class="actions">
            <Button look="primary" onClick={() => join(theirs)}>
              {t("cat_on_top")}
            </Button>
            <Button
              onClick={() => {
                takeUp(theirs);
                onDone([]);
              }}
            >
              {t("cat_take_theirs")}
            </Button>
          </div>
        </>
      )}
    </Banner>
  );
}

/** Fields that both changed. */
function Clashes({ catalogue, of }: { catalogue: Catalogue; of: readonly Clash[] }): JSX.Element {
  return (
    <Banner kind="warn">
      <p>{t("cat_clashes")}</p>
      <ul class="points">
        {of.map(({ part, code, field, theirs }) => {
          const name = t("cat_change", { subject: subject(catalogue, part, code), what: fieldName(field) });
          return <li key={`${part} ${code ?? ""} ${field}`}>{theirs === undefined ? name : t("cat_theirs", { what: name, theirs })}</li>;
        })}
      </ul>
    </Banner>
  );
}

/** What was said after the last save or merge. */
type Outcome = { kind: "none" } | { kind: "saved"; version: number } | { kind: "moved" } | { kind: "merged"; clashes: readonly Clash[] };

/** Where saving stands. */
export interface Save {
  busy: boolean;
  error: unknown;
  outcome: Outcome;
  setOutcome: (outcome: Outcome) => void;
  save: () => void;
}

/** Sends the whole draft once. */
export function useSave(): Save {
  const sending = useSend();
  const [outcome, setOutcome] = useState<Outcome>({ kind: "none" });
  const failed = (error: unknown): void => {
    if (error instanceof ApiError && error.code === "catalogue_moved") setOutcome({ kind: "moved" });
    else refused.value = fieldErrors(error);
  };
  const save = (): void => {
    const sent = draft.value;
    if (sent === undefined) return;
    setOutcome({ kind: "none" });
    refused.value = [];
    void sending.send(async () => {
      try {
        const answer = await api.saveCatalogue(tidied(sent));
        takeUp(answer);
        setOutcome({ kind: "saved", version: answer.version });
      } catch (error) {
        failed(error);
        throw error;
      }
    });
  };
  const told = sending.error instanceof ApiError && (sending.error.code === "catalogue_moved" || fieldErrors(sending.error).length > 0);
  return { busy: sending.busy, error: told ? undefined : sending.error, outcome, setOutcome, save };
}

/** What must be looked at before anything else is done. */
export function Told({ catalogue, save }: { catalogue: Catalogue; save: Save }): JSX.Element {
  const { outcome, setOutcome } = save;
  return (
    <>
      {outcome.kind === "moved" && (
        <Seen>
          <Moved mine={catalogue} onDone={(clashes) => setOutcome({ kind: "merged", clashes })} />
        </Seen>
      )}
      {outcome.kind === "merged" && outcome.clashes.length > 0 && (
        <Seen>
          <Clashes catalogue={catalogue} of={outcome.clashes} />
        </Seen>
      )}
      <Refused catalogue={catalogue} />
    </>
  );
}

/** The bar with Save, for as long as something is not saved, and then the word that it is. */
export function SaveBar({ catalogue, save, onPreview }: { catalogue: Catalogue; save: Save; onPreview: () => void }): JSX.Element {
  const [shown, setShown] = useState(false);
  const [asking, setAsking] = useState(false);
  const of = changes.value;
  const { outcome, error } = save;
  const done = of.length === 0 && outcome.kind === "saved" ? outcome.version : undefined;
  return (
    <div class={of.length === 0 && done === undefined ? "cat-bar idle" : "cat-bar"}>
      {error !== undefined && <Trouble error={error} />}
      {done !== undefined && <Banner kind="good">{t("cat_saved", { version: done })}</Banner>}
      {shown && of.length > 0 && <ChangeList catalogue={catalogue} of={of} />}
      <div class="actions">
        {of.length > 0 && (
          <Button look="plain" class="cat-changes" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {t("cat_changes", { n: of.length })}
          </Button>
        )}
        <Button class="cat-preview-open" icon="today" onClick={onPreview}>
          {t("cat_preview")}
        </Button>
        {of.length > 0 && (
          <>
            <Button onClick={() => setAsking(true)}>{t("cat_discard")}</Button>
            <Button look="primary" disabled={save.busy || save.outcome.kind === "moved"} onClick={save.save}>
              {save.busy ? t("sending") : t("cat_save")}
            </Button>
          </>
        )}
      </div>
      {asking && (
        <Confirm
          title={t("cat_discard_title", { n: of.length })}
          yes={t("cat_discard_yes")}
          busy={false}
          onNo={() => setAsking(false)}
          onYes={() => {
            takeUp(saved.value);
            setAsking(false);
          }}
        >
          <ChangeList catalogue={catalogue} of={of} />
        </Confirm>
      )}
    </div>
  );
}
