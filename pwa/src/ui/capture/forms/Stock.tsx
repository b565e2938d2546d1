// Stock that goes from the store into the worker's bag: one move for everything that was received.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue, Item } from "../../../generated/contract";
import { commonNow, saveRecord } from "../../../app/records";
import { MAX_QUANTITY, quantity } from "../../../domain/draft";
import { stockItems, stockOf } from "../../../domain/forms/stock";
import { quickOf } from "../../../domain/pad-rows";
import { label } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { NumberPad } from "../../kit/NumberPad";
import { figure, padWords } from "../words";
import { FormPage } from "./FormPage";

/** What bags are often filled with, beside the quantities that are handed out. */
const FULL = 100;

function Tile({ item, n, onTap }: { item: Item; n: number; onTap: () => void }): JSX.Element {
  const name = label(item.label);
  return (
    <Button class="chip" pressed={n > 0} label={n > 0 ? `${name}: ${figure(n)}` : name} onClick={onTap}>
      {n > 0 ? <b class="figure stock-n">{figure(n)}</b> : <Icon name={item.icon} />}
      <span>{name}</span>
    </Button>
  );
}

/** The form. */
export function Stock({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const [received, setReceived] = useState<Readonly<Record<string, number>>>({});
  const [open, setOpen] = useState<Item | undefined>(undefined);
  const save = (): void => {
    const common = commonNow();
    const record = common === undefined ? undefined : stockOf(received, common, catalogue);
    if (record !== undefined) void saveRecord(record);
  };
  const nothing = Object.keys(received).length === 0;
  return (
    <FormPage title={t("stock_title")} about={t("stock_about")} onSave={save} missing={nothing ? t("stock_missing") : undefined}>
      <div class="stock">
        {stockItems(catalogue).map((item) => (
          <Tile key={item.code} item={item} n={received[item.code] ?? 0} onTap={() => setOpen(item)} />
        ))}
      </div>
      {open !== undefined && (
        <NumberPad
          title={label(open.label)}
          value={received[open.code] ?? 0}
          max={MAX_QUANTITY}
          words={padWords()}
          quick={[...quickOf(open), FULL]}
          onDone={(n) => setReceived((before) => quantity(before, open.code, n))}
          onClose={() => setOpen(undefined)}
        />
      )}
    </FormPage>
  );
}
