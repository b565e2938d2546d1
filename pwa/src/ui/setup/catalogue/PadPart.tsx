// What stands on the pad: the items of its rows, tiles and services in order, and how measured returns are counted.
import type { JSX } from "preact";
import { changePad, languagesOf, moved } from "../../../domain/console/catalogue";
import { TILES } from "../../../domain/pad-rows";
import { label } from "../../../i18n/catalogue";
import { t } from "../../../i18n/console";
import type { Catalogue, Pad, ReturnMeasure } from "../../../generated/contract";
import { Tick } from "../../console/inputs";
import { Button } from "../../kit/Button";
import { Field, Select } from "../../kit/Field";
import { Icon } from "../../kit/Icon";
import { NumberField, Spot, Texts } from "./fields";
import { edit, focusSoon, heard, wrong } from "./state";

interface Named {
  code: string;
  icon?: string | null;
  label: Record<string, string>;
  retired?: boolean;
}

const change = (fields: Partial<Pad>): void => edit((now) => changePad(now, fields));

const nameOf = (entry: Named): string => label(entry.label) || entry.code;

interface OrderedProps {
  path: "pad.tiles" | "pad.services" | "pad.tests";
  title: string;
  help: string;
  codes: readonly string[];
  from: readonly Named[];
  onChange: (codes: string[]) => void;
}

/** Codes in an order: moved, taken out, and added from what is in use. */
function Ordered({ path, title, help, codes, from, onChange }: OrderedProps): JSX.Element {
  const free = from.filter((entry) => entry.retired !== true && !codes.includes(entry.code));
  const shift = (at: number, by: 1 | -1, name: string): void => {
    const to = at + by;
    if (to < 0 || to >= codes.length) return;
    onChange(moved(codes, at, to));
    heard.value = t("cat_moved", { name, n: to + 1, all: codes.length });
    focusSoon(`${path}-${to}-${by}`);
  };
  const error = wrong(path);
  return (
    <section class="cat-part">
      <div>
        <h3>{title}</h3>
        <p class="muted">{help}</p>
        {error !== undefined && <p class="error">{error}</p>}
      </div>
      <ol class="cat-list">
        {codes.map((code, at) => {
          const entry = from.find((one) => one.code === code);
          const name = entry === undefined ? code : nameOf(entry);
          const fault = wrong(`${path}[${at}]`);
          return (
            <li key={code} class="cat-row">
              <Spot path={`${path}[${at}]`}>
                <div class="cat-row-head">
                  <span class="cat-row-open">
                    <Icon name={entry?.icon ?? "box"} />
                    <span class="cat-row-name">{name}</span>
                    {fault !== undefined && <small class="error">{fault}</small>}
                  </span>
                  <Button id={`${path}-${at}--1`} look="plain" icon="up" label={t("cat_move_up", { name })} aria-disabled={at === 0} onClick={() => shift(at, -1, name)} />
                  <Button id={`${path}-${at}-1`} look="plain" icon="down" label={t("cat_move_down", { name })} aria-disabled={at === codes.length - 1} onClick={() => shift(at, 1, name)} />
                  <Button look="plain" icon="close" label={t("cat_take_out", { name })} onClick={() => onChange(codes.filter((one) => one !== code))} />
                </div>
              </Spot>
            </li>
          );
        })}
      </ol>
      {free.length > 0 && (
        <Select
          label={t("cat_put_in")}
          value=""
          options={[["", t("cat_choose")], ...free.map((entry) => [entry.code, nameOf(entry)] as const)]}
          onChoose={(code) => code !== "" && onChange([...codes, code])}
        />
      )}
    </section>
  );
}

/** The item of a row. */
function RowItem({ catalogue, row }: { catalogue: Catalogue; row: "syringe_item" | "return_item" | "naloxone_item" }): JSX.Element {
  const code = catalogue.pad[row];
  const options = catalogue.items.filter((item) => item.retired !== true || item.code === code).map((item) => [item.code, nameOf(item)] as const);
  const error = wrong(`pad.${row}`);
  return (
    <Spot path={`pad.${row}`}>
      <Select label={t(`cat_pad_${row}`)} value={code} options={options} onChoose={(item) => change({ [row]: item })} />
      {error !== undefined && <small class="error">{error}</small>}
    </Spot>
  );
}

function Measure({ at, measures }: { at: number; measures: readonly ReturnMeasure[] }): JSX.Element | null {
  const one = measures[at];
  if (one === undefined) return null;
  const path = `pad.measures[${at}]`;
  const put = (fields: Partial<ReturnMeasure>): void => change({ measures: measures.map((old, n) => (n === at ? { ...old, ...fields } : old)) });
  return (
    <li class="cat-row cat-measure">
      <Spot path={path}>
        <Select
          label={t("cat_method")}
          value={one.method}
          options={[
            ["weighed", t("cat_method_weighed")],
            ["container", t("cat_method_container")],
          ]}
          onChoose={(method) => put({ method: method === "weighed" ? "weighed" : "container" })}
        />
      </Spot>
      <Field label={t("cat_unit")} value={one.unit} onText={(unit) => put({ unit })} maxLength={16} hint={t("cat_unit_help")} error={wrong(path)} />
      <NumberField path={`${path}.factor`} label={t("cat_factor")} value={one.factor} decimal onNumber={(factor) => put({ factor })} />
      <Button icon="close" label={t("cat_take_out", { name: one.unit })} onClick={() => change({ measures: measures.filter((_, n) => n !== at) })} />
    </li>
  );
}

/** The section. */
export function PadPart({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const { pad } = catalogue;
  const measures = pad.measures ?? [];
  return (
    <section class="cat-part">
      <div>
        <h2>{t("cat_part_pad")}</h2>
        <p class="muted">{t("cat_pad_help")}</p>
      </div>
      <RowItem catalogue={catalogue} row="syringe_item" />
      <RowItem catalogue={catalogue} row="return_item" />
      <RowItem catalogue={catalogue} row="naloxone_item" />
      <Ordered
        path="pad.tiles"
        title={t("cat_pad_tiles")}
        help={t("cat_pad_tiles_help", { n: TILES })}
        codes={pad.tiles}
        from={[...catalogue.kits, ...catalogue.items]}
        onChange={(tiles) => change({ tiles })}
      />
      <Ordered
        path="pad.services"
        title={t("cat_pad_services")}
        help={t("cat_pad_services_help", { n: TILES })}
        codes={pad.services}
        from={catalogue.services}
        onChange={(services) => change({ services })}
      />
      <Ordered path="pad.tests" title={t("cat_pad_tests")} help={t("cat_pad_tests_help")} codes={pad.tests ?? []} from={catalogue.services} onChange={(tests) => change({ tests })} />
      <div>
        <h3>{t("cat_injects")}</h3>
        <Tick label={t("cat_assume")} checked={pad.assume_injects === true} onChange={(assume) => change({ assume_injects: assume })} />
        <p class="muted small">{t("cat_assume_help")}</p>
      </div>
      <Texts
        path="pad.minor_notice"
        name={t("cat_minor")}
        texts={pad.minor_notice ?? {}}
        languages={languagesOf(catalogue)}
        most={400}
        rows={3}
        hint={t("cat_minor_help")}
        onChange={(notice) => change({ minor_notice: notice })}
      />
      <section class="cat-part">
        <div>
          <h3>{t("cat_measures")}</h3>
          <p class="muted">{t("cat_measures_help")}</p>
        </div>
        <ul class="cat-list">
          {measures.map((_, at) => (
            <Measure key={at} at={at} measures={measures} />
          ))}
        </ul>
        <div>
          <Button icon="plus" onClick={() => change({ measures: [...measures, { method: "container", unit: "l", factor: 1 }] })}>
            {t("cat_measure_add")}
          </Button>
        </div>
      </section>
    </section>
  );
}
