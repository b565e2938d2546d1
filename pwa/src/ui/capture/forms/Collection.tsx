// Used things found at a clean-up: counted, by container or weighed. What is estimated is shown as an estimate.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue } from "../../../generated/contract";
import { commonNow, saveRecord } from "../../../app/records";
import { collectionOf, measureFor, mostOf, piecesOf, type CollectionMethod, type CollectionTaps } from "../../../domain/forms/collection";
import { typeKey } from "../../../domain/forms/decimal";
import { t } from "../../../i18n/phone";
import { Keys } from "../../kit/Keys";
import { decimalPoint } from "../words";
import { OneOf } from "./asks";
import { FormPage } from "./FormPage";

const METHODS: readonly (readonly [CollectionMethod, string])[] = [
  ["counted", "count"],
  ["container", "bin"],
  ["weighed", "weight"],
];
const MEASURED_DECIMALS = 2;

function missing({ method }: CollectionTaps, pieces: number): string | undefined {
  if (method === undefined) return t("collection_missing_method");
  return pieces < 1 ? t("collection_missing_number") : undefined;
}

/** The form. */
export function Collection({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const [taps, setTaps] = useState<CollectionTaps>({ typed: "" });
  const measure = measureFor(taps.method, catalogue);
  const pieces = piecesOf(taps, catalogue);
  const point = decimalPoint();
  const save = (): void => {
    const common = commonNow();
    const record = common === undefined ? undefined : collectionOf(taps, common, catalogue);
    if (record !== undefined) void saveRecord(record);
  };
  return (
    <FormPage title={t("collection_title")} onSave={save} missing={missing(taps, pieces)}>
      <OneOf
        name={t("ask_method")}
        answers={METHODS}
        chosen={taps.method}
        words={(one) => t(`collect_${one}`)}
        // The number of another method says something else.
        onChoose={(method) => setTaps({ method, typed: "" })}
      />
      {taps.method !== undefined && (
        <>
          <output class="typed" aria-live="polite">
            <span>
              <b class="figure">{taps.typed === "" ? "0" : taps.typed.replace(".", point)}</b> {measure === undefined ? t("collect_pieces", { n: pieces }) : measure.unit}
            </span>
            {measure !== undefined && <span class="muted">{t("collect_about", { n: pieces })}</span>}
          </output>
          <Keys
            erase={t("erase")}
            {...(measure === undefined ? {} : { point: { text: point, label: t("decimal_point") } })}
            onKey={(key) =>
              setTaps({ ...taps, typed: typeKey(taps.typed, key, measure === undefined ? 0 : MEASURED_DECIMALS, mostOf(taps.method, catalogue)) })
            }
          />
        </>
      )}
    </FormPage>
  );
}
