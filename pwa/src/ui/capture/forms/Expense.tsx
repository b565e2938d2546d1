// Money that the worker spent: what for, and how much.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue } from "../../../generated/contract";
import { commonNow, saveRecord } from "../../../app/records";
import { inParts, typeKey } from "../../../domain/forms/decimal";
import { currencyOf, decimalsOf, expenseOf, MAX_AMOUNT, type ExpenseTaps } from "../../../domain/forms/expense";
import { label } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";
import { choiceIcon } from "../../kit/choice-icons";
import { Keys } from "../../kit/Keys";
import { decimalPoint } from "../words";
import { Ask, Chip } from "./asks";
import { FormPage } from "./FormPage";

function missing({ kind, typed }: ExpenseTaps): string | undefined {
  if (kind === undefined) return t("expense_missing_kind");
  return inParts(typed, 2) < 1 ? t("expense_missing_amount") : undefined;
}

/** The form. */
export function Expense({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const [taps, setTaps] = useState<ExpenseTaps>({ typed: "" });
  const currency = currencyOf(catalogue);
  const decimals = decimalsOf(currency);
  const point = decimalPoint();
  const save = (): void => {
    const common = commonNow();
    const record = common === undefined ? undefined : expenseOf(taps, common, catalogue);
    if (record !== undefined) void saveRecord(record);
  };
  const kinds = (catalogue.expense_kinds ?? []).filter((kind) => kind.retired !== true);
  return (
    <FormPage title={t("expense_title")} onSave={save} missing={missing(taps)}>
      <Ask name={t("ask_expense")} look="list">
        {kinds.map((kind) => (
          <Chip
            key={kind.code}
            icon={choiceIcon("expense_kinds", kind)}
            on={taps.kind === kind.code}
            onTap={() => setTaps({ ...taps, kind: taps.kind === kind.code ? undefined : kind.code })}
          >
            {label(kind.label)}
          </Chip>
        ))}
      </Ask>
      <output class="typed" aria-label={t("expense_amount")} aria-live="polite">
        <span>
          <b class="figure">{taps.typed === "" ? "0" : taps.typed.replace(".", point)}</b> <bdi>{currency}</bdi>
        </span>
      </output>
      <Keys
        erase={t("erase")}
        {...(decimals === 0 ? {} : { point: { text: point, label: t("decimal_point") } })}
        onKey={(key) => setTaps({ ...taps, typed: typeKey(taps.typed, key, decimals, MAX_AMOUNT) })}
      />
    </FormPage>
  );
}
