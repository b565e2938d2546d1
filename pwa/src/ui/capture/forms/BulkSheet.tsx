// Bulk sheet: contacts and things counted together where one by one is impossible. Two taps for each thing: which, and how many.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue, Item } from "../../../generated/contract";
import { commonNow, saveRecord } from "../../../app/records";
import { setBack, setOut } from "../../../domain/draft";
import { contactsOf, MAX_CONTACTS, NO_SHEET, sheetOf, type SheetTaps } from "../../../domain/forms/sheet";
import { together } from "../../../domain/forms/people";
import { label } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { Stepper } from "../../kit/Stepper";
import { PeopleSheet } from "../PeopleSheet";
import { Returned } from "../Returned";
import { figure, padWords } from "../words";
import { FormPage } from "./FormPage";

/** Quantities of a sheet are larger than those of one contact. */
const CHIPS = [5, 10, 20, 50, 100] as const;

interface PartProps {
  catalogue: Catalogue;
  taps: SheetTaps;
  onTap: (change: Partial<SheetTaps>) => void;
}

/** How many contacts, and of whom as far as known. */
function Contacts({ catalogue, taps, onTap }: PartProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const n = contactsOf(taps);
  return (
    <div class="sheet-contacts">
      <Stepper
        icon="people"
        caption={t("sheet_contacts")}
        label={t("sheet_contacts")}
        value={n}
        max={MAX_CONTACTS}
        text={figure(n)}
        words={padWords()}
        onChange={(typed) => onTap({ typed: Math.max(typed, together(taps.groups)) })}
      />
      <Button icon="person" pressed={taps.groups.length > 0 ? true : undefined} onClick={() => setOpen(true)}>
        {t("count_by_grid")}
      </Button>
      {open && <PeopleSheet catalogue={catalogue} groups={taps.groups} max={MAX_CONTACTS} onCount={(groups) => onTap({ groups })} onClose={() => setOpen(false)} />}
    </div>
  );
}

function countOf(taps: SheetTaps, item: string, catalogue: Catalogue): number {
  return (item === catalogue.pad.return_item ? taps.back[item] : taps.out[item]) ?? 0;
}

/** How many of the thing that was tapped. */
function HowMany({ catalogue, taps, onTap, item }: PartProps & { item: Item | undefined }): JSX.Element {
  if (item === undefined) return <p class="how-many muted">{t("sheet_hint")}</p>;
  const [n, name] = [countOf(taps, item.code, catalogue), label(item.label)];
  const isBack = item.code === catalogue.pad.return_item;
  const set = (quantity: number): void => onTap(isBack ? setBack(taps, item.code, quantity) : setOut(taps, item.code, quantity));
  return (
    <div class="how-many">
      <div class="between">
        <strong class="row">
          <Icon name={item.icon} />
          {name}
        </strong>
        <Stepper label={name} value={n} text={figure(n)} words={padWords()} onChange={set} />
      </div>
      <div class="pad-row sheet-chips" role="group" aria-label={name}>
        {CHIPS.map((one) => (
          <Button key={one} pressed={n === one} label={`${name}: ${one}`} onClick={() => set(n === one ? 0 : one)}>
            {figure(one)}
          </Button>
        ))}
      </div>
      {isBack && <Returned catalogue={catalogue} given={taps} onGive={onTap} />}
    </div>
  );
}

/** The form. */
export function BulkSheet({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const [taps, setTaps] = useState(NO_SHEET);
  const [open, setOpen] = useState<Item | undefined>(undefined);
  const onTap = (change: Partial<SheetTaps>): void => setTaps((before) => ({ ...before, ...change }));
  const save = (): void => {
    const common = commonNow();
    const record = common === undefined ? undefined : sheetOf(taps, common, catalogue);
    if (record !== undefined) void saveRecord(record);
  };
  const nothing = contactsOf(taps) === 0 && Object.keys({ ...taps.out, ...taps.back }).length === 0;
  return (
    <FormPage title={t("sheet_title")} onSave={save} missing={nothing ? t("sheet_missing") : undefined}>
      <Contacts catalogue={catalogue} taps={taps} onTap={onTap} />
      <HowMany catalogue={catalogue} taps={taps} onTap={onTap} item={open} />
      <div class="item-tiles" role="group" aria-label={t("items_title")}>
        {catalogue.items
          .filter((item) => item.retired !== true)
          .map((item) => {
            const n = countOf(taps, item.code, catalogue);
            return (
              <Button key={item.code} class={item === open ? "tile open" : "tile"} pressed={n > 0} onClick={() => setOpen(item)}>
                {n > 0 ? <b>×{figure(n)}</b> : <Icon name={item.icon} />}
                <span>{label(item.label)}</span>
              </Button>
            );
          })}
      </div>
    </FormPage>
  );
}
