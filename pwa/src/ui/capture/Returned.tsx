// How what came back was found: counted, as told, by container or weighed. What is measured gives the pieces by the programme's factor.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue, ReturnMeasure, ReturnMethod } from "../../generated/contract";
import { MAX_QUANTITY, setReturnMethod, setReturnValue, type Given } from "../../domain/draft";
import { typeKey } from "../../domain/forms/decimal";
import { measuredQuantity, measureOf } from "../../domain/measured";
import { number } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Choices } from "../kit/Field";
import { Keys } from "../kit/Keys";
import { Sheet } from "../kit/Sheet";
import { decimalPoint, figure } from "./words";

const METHODS: readonly (readonly [ReturnMethod, string])[] = [
  ["reported", "talk"],
  ["counted", "count"],
  ["container", "bin"],
  ["weighed", "weight"],
];
const DECIMALS = 2;

interface MeasurePadProps {
  measure: ReturnMeasure;
  value: number;
  onDone: (value: number) => void;
  onClose: () => void;
}

/** Types what was measured and shows the pieces that follow. The first key replaces what was there. */
function MeasurePad({ measure, value, onDone, onClose }: MeasurePadProps): JSX.Element {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const point = decimalPoint();
  const text = typed ?? (value === 0 ? "" : String(value));
  const close = (): void => {
    if (typed !== undefined) onDone(Number(typed === "" ? "0" : typed));
    onClose();
  };
  return (
    <Sheet title={t(`method_${measure.method}`)} done={t("done")} onClose={close}>
      <output class="numbers-value" aria-live="polite">
        {text === "" ? "0" : text.replace(".", point)} {measure.unit}
        <small class="measured">{t("measured_pieces", { n: measuredQuantity(Number(text), measure.factor) })}</small>
      </output>
      <Keys
        erase={t("erase")}
        point={{ text: point, label: t("decimal_point") }}
        onKey={(key) => setTyped((before) => typeKey(before ?? (key === "erase" ? text : ""), key, DECIMALS, MAX_QUANTITY / Math.max(1, measure.factor)))}
      />
    </Sheet>
  );
}

interface ReturnedProps<G> {
  catalogue: Catalogue;
  given: G;
  onGive: (given: G) => void;
}

/** The methods, and for a measured one what was measured. */
export function Returned<G extends Given>({ catalogue, given, onGive }: ReturnedProps<G>): JSX.Element {
  const [typing, setTyping] = useState(false);
  const { returnMethod, returnValue } = given;
  const measure = measureOf(catalogue, returnMethod);
  const item = catalogue.pad.return_item;
  return (
    <div class="methods">
      <Choices label={t("return_method")}>
        {METHODS.map(([one, icon]) => (
          <Button key={one} icon={icon} pressed={returnMethod === one} onClick={() => onGive(setReturnMethod(given, one))}>
            {t(`method_${one}`)}
          </Button>
        ))}
      </Choices>
      {measure !== undefined && (
        <Button icon={returnMethod === "weighed" ? "weight" : "bin"} onClick={() => setTyping(true)}>
          {returnValue === 0 ? t("measure_type", { unit: measure.unit }) : `${number(returnValue)} ${measure.unit} ≈ ${figure(given.back[item] ?? 0)}`}
        </Button>
      )}
      {typing && measure !== undefined && (
        <MeasurePad measure={measure} value={returnValue} onDone={(value) => onGive(setReturnValue(given, item, value, measure))} onClose={() => setTyping(false)} />
      )}
    </div>
  );
}
