// Syringe chips, the return and naloxone steppers, kit and item tiles, referral tiles.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue } from "../../generated/contract";
import { freshSlip } from "../../app/clock";
import { draft } from "../../app/state";
import { linesOut } from "../../domain/contact";
import { setBack, setKit, setOut, syringesOut, tapChip, tapService } from "../../domain/draft";
import { itemOf, padServices, padTiles, quickOf, type PadTile } from "../../domain/pad-rows";
import { slipText } from "../../domain/slip";
import { label, shortNumber } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Icon } from "../kit/Icon";
import { NumberPad } from "../kit/NumberPad";
import { Stepper } from "../kit/Stepper";
import { ItemsSheet } from "./ItemsSheet";
import { ReferSheet } from "./ReferSheet";
import { figure, padWords } from "./words";

/** Quantity chips of the syringe that the catalogue names; `#` types any other number. */
export function SyringeRow({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const [typing, setTyping] = useState(false);
  const code = catalogue.pad.syringe_item;
  const item = itemOf(catalogue, code);
  const name = item === undefined ? code : label(item.label);
  const quick = quickOf(item);
  const n = draft.value.out[code] ?? 0;
  const other = n > 0 && !quick.includes(n);
  const total = syringesOut(linesOut(draft.value, catalogue), catalogue.items);
  return (
    <div class="pad-row chips" role="group" aria-label={name}>
      <span class={total > 0 ? "row-icon on" : "row-icon"}>
        <Icon name={item?.icon ?? "syringe"} />
        <small>{total > 0 ? shortNumber(total) : t("out")}</small>
      </span>
      {quick.map((one) => (
        <Button key={one} pressed={n === one} label={`${name}: ${one}`} onClick={() => (draft.value = tapChip(draft.value, code, one))}>
          {figure(one)}
        </Button>
      ))}
      <Button pressed={other} label={`${name}: ${t("type_number")}`} onClick={() => setTyping(true)}>
        {other ? shortNumber(n) : "#"}
      </Button>
      {typing && (
        <NumberPad
          title={name}
          value={n}
          max={100_000}
          words={padWords()}
          onDone={(value) => (draft.value = setOut(draft.value, code, value))}
          onClose={() => setTyping(false)}
        />
      )}
    </div>
  );
}

/** Returns and naloxone, side by side. */
export function StepperRow({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const { return_item: back, naloxone_item: naloxone } = catalogue.pad;
  const backItem = itemOf(catalogue, back);
  const naloxoneItem = itemOf(catalogue, naloxone);
  const backN = draft.value.back[back] ?? 0;
  const naloxoneN = draft.value.out[naloxone] ?? 0;
  return (
    <div class="pad-row steppers">
      <Stepper
        icon={backItem?.icon ?? "return"}
        caption={t("syringes_in")}
        label={t("returned", { item: backItem === undefined ? back : label(backItem.label) })}
        value={backN}
        text={figure(backN)}
        words={padWords()}
        onChange={(n) => (draft.value = setBack(draft.value, back, n))}
      />
      <Stepper
        icon={naloxoneItem?.icon ?? "naloxone"}
        caption={t("naloxone")}
        label={t("given", { item: naloxoneItem === undefined ? naloxone : label(naloxoneItem.label) })}
        value={naloxoneN}
        text={figure(naloxoneN)}
        words={padWords()}
        onChange={(n) => (draft.value = setOut(draft.value, naloxone, n))}
      />
    </div>
  );
}

function Tile({ tile }: { tile: PadTile }): JSX.Element {
  const { code, kit } = tile;
  const n = (kit ? draft.value.kits[code] : draft.value.out[code]) ?? 0;
  const tap = (): void => {
    draft.value = kit ? setKit(draft.value, code, n + 1) : setOut(draft.value, code, n + 1);
  };
  return (
    <Button class="tile" pressed={n > 0} onClick={tap}>
      {n > 0 ? <b>×{figure(n)}</b> : <Icon name={tile.icon} />}
      <span>{label(tile.label)}</span>
    </Button>
  );
}

/** Kits and items that the catalogue puts on the pad; each tap adds one. The sheet has the rest, and takes back. */
export function TileRow({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <div class="pad-row tiles" role="group" aria-label={t("items_title")}>
      {padTiles(catalogue).map((tile) => (
        <Tile key={tile.code} tile={tile} />
      ))}
      <Button class="tile" icon="more" onClick={() => setOpen(true)}>
        {t("items")}
      </Button>
      {open && <ItemsSheet catalogue={catalogue} given={draft.value} onGive={(given) => (draft.value = given)} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** Referral tiles: a tap makes the referral and shows the slip's number, the same tap again takes it back. */
export function ReferralRow({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const [open, setOpen] = useState(false);
  const onPad = padServices(catalogue);
  const others = draft.value.referrals.filter((one) => !onPad.some(({ code }) => code === one.service)).length;
  return (
    <div class="pad-row tiles" role="group" aria-label={t("refer_title")}>
      {onPad.map(({ code, icon, label: words }) => {
        const referral = draft.value.referrals.find((one) => one.service === code);
        return (
          <Button
            key={code}
            class="tile"
            pressed={referral !== undefined}
            onClick={() => (draft.value = tapService(draft.value, code, freshSlip()))}
          >
            {referral !== undefined ? <b class="slip" dir="ltr">{slipText(referral.slip)}</b> : <Icon name={icon} />}
            <span>{label(words)}</span>
          </Button>
        );
      })}
      <Button class="tile" pressed={others > 0 ? true : undefined} onClick={() => setOpen(true)}>
        {others > 0 ? <b>+{figure(others)}</b> : <Icon name="more" />}
        <span>{t("refer")}</span>
      </Button>
      {open && <ReferSheet catalogue={catalogue} onClose={() => setOpen(false)} />}
    </div>
  );
}
