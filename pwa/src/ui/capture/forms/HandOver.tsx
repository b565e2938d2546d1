// The hand-over of what is left: by item what was carried, given and lost, what is lost now, what is left, and whether that goes back.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue } from "../../../generated/contract";
import type { HandOver, HandOverLine } from "../../../domain/bag";
import { label } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Choices } from "../../kit/Field";
import { Icon } from "../../kit/Icon";
import { Sheet } from "../../kit/Sheet";
import { Stepper } from "../../kit/Stepper";
import { figure, padWords } from "../words";

interface HandOverSheetProps {
  catalogue: Catalogue;
  lines: readonly HandOverLine[];
  handOver: HandOver;
  onChange: (handOver: HandOver) => void;
  onAdd: (item: string) => void;
  onClose: () => void;
}

type LineProps = Pick<HandOverSheetProps, "catalogue" | "handOver" | "onChange"> & { line: HandOverLine };

function Line({ catalogue, line, handOver, onChange }: LineProps): JSX.Element {
  const item = catalogue.items.find((one) => one.code === line.item);
  const name = item === undefined ? line.item : label(item.label);
  const { carried, given, lost, lostNow, left } = line;
  const stepper = (words: string, value: number, change: (n: number) => HandOver): JSX.Element => (
    <Stepper label={`${name}: ${words}`} caption={words} value={value} text={figure(value)} words={padWords()} onChange={(n) => onChange(change(n))} />
  );
  return (
    <li class="item-line">
      <div>
        <strong class="row">
          <Icon name={item?.icon ?? "box"} />
          {name}
        </strong>
        {carried > 0 && <p class="muted small">{t("handover_line", { carried, given, lost })}</p>}
      </div>
      <div class="pad-row steppers">
        {stepper(t("handover_lost"), lostNow, (n) => ({ ...handOver, lost: { ...handOver.lost, [line.item]: n } }))}
        {stepper(t("handover_left"), left, (n) => ({ ...handOver, left: { ...handOver.left, [line.item]: n } }))}
      </div>
    </li>
  );
}

/** The sheet. */
export function HandOverSheet({ catalogue, lines, handOver, onChange, onAdd, onClose }: HandOverSheetProps): JSX.Element {
  const [adding, setAdding] = useState(false);
  const others = catalogue.items.filter((item) => item.stock === true && item.retired !== true && !lines.some((line) => line.item === item.code));
  return (
    <Sheet title={t("handover_title")} done={t("done")} onClose={onClose}>
      {lines.length === 0 && <p>{t("handover_unknown")}</p>}
      <ul class="stack">
        {lines.map((line) => (
          <Line key={line.item} catalogue={catalogue} line={line} handOver={handOver} onChange={onChange} />
        ))}
      </ul>
      {adding ? (
        <Choices label={t("handover_add")}>
          {others.map((item) => (
            <Button key={item.code} icon={item.icon} onClick={() => onAdd(item.code)}>
              {label(item.label)}
            </Button>
          ))}
        </Choices>
      ) : (
        <Button icon="plus" onClick={() => setAdding(true)}>
          {t("handover_add")}
        </Button>
      )}
      <Button icon="return" pressed={handOver.back} onClick={() => onChange({ ...handOver, back: !handOver.back })}>
        {t("handover_back")}
      </Button>
    </Sheet>
  );
}
