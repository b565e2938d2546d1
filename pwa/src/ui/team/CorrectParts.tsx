// Parts of the correction form that are lists: items out and back, referrals, tests.
import type { JSX } from "preact";
import { isMeasured, measuredQuantity, withTest, type LineDraft } from "../../domain/console/correction";
import type { Catalogue, FieldError, NaloxoneReason, Referral, ReferralStatus, ReferralWay, ReturnMethod, TestResult } from "../../generated/contract";
import { t } from "../../i18n/console";
import { number } from "../../i18n/catalogue";
import { Button } from "../kit/Button";
import { Field, Select } from "../kit/Field";
import { choices, errorAt, type PartProps } from "./parts";

const METHODS: readonly ReturnMethod[] = ["counted", "reported", "container", "weighed"];
const REASONS: readonly NaloxoneReason[] = ["first", "used_for_overdose", "lost", "expired", "confiscated", "spare", "not_asked"];
const WAYS: readonly ReferralWay[] = ["told", "slip", "called", "accompanied"];
const STATUSES: readonly ReferralStatus[] = ["offered", "declined", "issued", "unreachable", "not_attended", "attended", "attended_not_served", "completed"];
const RESULTS: readonly TestResult[] = ["offered", "referred", "declined", "not_needed", "not_asked"];

/** A copy of a list with one entry replaced, or without it. */
function replaced<T>(entries: readonly T[], at: number, entry?: T): T[] {
  return entries.flatMap((old, n) => (n === at ? (entry === undefined ? [] : [entry]) : [old]));
}

interface LineProps {
  line: LineDraft;
  n: number;
  catalogue: Catalogue;
  errors: readonly FieldError[];
  onChange: (line?: LineDraft) => void;
}

function LineRow({ line, n, catalogue, errors, onChange }: LineProps): JSX.Element {
  const set = (change: Partial<LineDraft>): void => onChange({ ...line, ...change });
  const naloxone = (catalogue.items.find((item) => item.code === line.item)?.doses_per_unit ?? 0) > 0;
  const quantity = measuredQuantity(line);
  return (
    <div class="row-box" role="group" aria-label={t("line_n", { n: n + 1 })}>
      <div class="pair">
        <Select label={t("item")} value={line.item} options={choices(catalogue.items, [line.item])} onChoose={(item) => set({ item, reason: "" })} />
        <Select
          label={t("direction")}
          value={line.direction}
          options={[
            ["out", t("direction_out")],
            ["in", t("direction_in")],
          ]}
          onChoose={(direction) => set({ direction: direction === "in" ? "in" : "out" })}
        />
        {quantity === undefined ? (
          <Field label={t("quantity")} value={line.quantity} inputMode="numeric" maxLength={6} onText={(typed) => set({ quantity: typed })} error={errorAt(errors, `lines[${n}].quantity`)} />
        ) : (
          <p>
            <strong>{t("quantity")}</strong>
            <br />
            {t("quantity_measured", { quantity: number(quantity) })}
          </p>
        )}
        {line.direction === "in" && (
          <Select label={t("method")} value={line.method} options={METHODS.map((one) => [one, t(`method_${one}`)])} onChoose={(method) => set({ method: method as ReturnMethod })} />
        )}
        {line.direction === "out" && naloxone && (
          <Select
            label={t("naloxone_reason")}
            value={line.reason}
            options={[["", t("not_stated")], ...REASONS.map((one) => [one, t(`naloxone_${one}`)] as const)]}
            onChoose={(reason) => set({ reason: reason as NaloxoneReason | "" })}
          />
        )}
      </div>
      {isMeasured(line) && (
        <div class="pair">
          <Field label={t("measured_value")} value={line.value} inputMode="decimal" onText={(value) => set({ value })} error={errorAt(errors, `lines[${n}].measured`)} hint={t("measured_help")} />
          <Field label={t("measured_unit")} value={line.unit} maxLength={16} onText={(unit) => set({ unit })} />
          <Field label={t("measured_factor")} value={line.factor} inputMode="decimal" onText={(factor) => set({ factor })} />
        </div>
      )}
      <Button icon="bin" onClick={() => onChange()}>
        {t("take_out")}
      </Button>
    </div>
  );
}

/** Items out and back. */
export function Lines({ draft, set, catalogue, errors }: PartProps): JSX.Element {
  const first = catalogue.pad.syringe_item;
  const empty: LineDraft = { item: first, direction: "out", quantity: "1", method: "reported", reason: "", value: "", unit: "kg", factor: "" };
  return (
    <fieldset class="group">
      <legend>{t("field_lines")}</legend>
      {draft.lines.map((line, n) => (
        <LineRow key={n} line={line} n={n} catalogue={catalogue} errors={errors} onChange={(changedLine) => set({ lines: replaced(draft.lines, n, changedLine) })} />
      ))}
      <div>
        <Button icon="plus" onClick={() => set({ lines: [...draft.lines, empty] })}>
          {t("add_item")}
        </Button>
      </div>
    </fieldset>
  );
}

/** Referrals; a slip's number stays as it is. */
export function Referrals({ draft, set, catalogue }: PartProps): JSX.Element {
  const change = (n: number, referral?: Referral): void => set({ referrals: replaced(draft.referrals, n, referral) });
  const first = catalogue.services.find((service) => service.retired !== true)?.code;
  return (
    <fieldset class="group">
      <legend>{t("field_referrals")}</legend>
      {draft.referrals.map((one, n) => (
        <div class="row-box" key={n} role="group" aria-label={t("referral_n", { n: n + 1 })}>
          <div class="pair">
            <Select
              label={t("service")}
              value={one.service}
              options={choices(catalogue.services, [one.service])}
              onChoose={(service) => change(n, { ...one, service, provider: null })}
            />
            <Select label={t("way")} value={one.way} options={WAYS.map((way) => [way, t(`way_${way}`)])} onChoose={(way) => change(n, { ...one, way: way as ReferralWay })} />
            <Select label={t("status")} value={one.status} options={STATUSES.map((status) => [status, t(`status_${status}`)])} onChoose={(status) => change(n, { ...one, status: status as ReferralStatus })} />
            {typeof one.slip === "string" && (
              <p>
                <strong>{t("slip_number")}</strong>
                <br />
                <bdi>{one.slip}</bdi>
              </p>
            )}
          </div>
          <Button icon="bin" onClick={() => change(n)}>
            {t("take_out")}
          </Button>
        </div>
      ))}
      {first !== undefined && (
        <div>
          <Button icon="plus" onClick={() => set({ referrals: [...draft.referrals, { service: first, way: "told", status: "issued" }] })}>
            {t("add_referral")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

/** What happened about tests; never a result. */
export function Tests({ draft, set, catalogue }: PartProps): JSX.Element | null {
  const kinds = choices(
    catalogue.services.filter((service) => (catalogue.pad.tests ?? []).includes(service.code)),
    draft.tests.map((test) => test.kind),
  );
  if (kinds.length === 0) return null;
  return (
    <fieldset class="group">
      <legend>{t("field_tests")}</legend>
      <div class="pair">
        {kinds.map(([kind, text]) => (
          <Select
            key={kind}
            label={text}
            value={draft.tests.find((test) => test.kind === kind)?.result ?? ""}
            options={[["", t("not_stated")], ...RESULTS.map((result) => [result, t(`test_${result}`)] as const)]}
            onChoose={(result) => set({ tests: withTest(draft.tests, kind, result as TestResult | "") })}
          />
        ))}
      </div>
    </fieldset>
  );
}
