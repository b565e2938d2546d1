// The fields of an entry, by its list.
import type { JSX } from "preact";
import { changeCode, changePad, isNew, namesOf, renameEntry, takenCodes, type ChoiceList, type ListName } from "../../../domain/console/catalogue";
import { toggle } from "../../../domain/draft";
import { TILES } from "../../../domain/pad-rows";
import { label } from "../../../i18n/catalogue";
import { t } from "../../../i18n/console";
import type { Card, Catalogue, Item, Kit, Provider, Service, Site } from "../../../generated/contract";
import { Tick } from "../../console/inputs";
import { Button } from "../../kit/Button";
import { Choices, Field, Select } from "../../kit/Field";
import { CodeField, Fixed, IconField, NumberField, QuickField, Spot, Texts } from "./fields";
import { edit, saved, set, wrong } from "./state";

interface Of<T> {
  catalogue: Catalogue;
  index: number;
  languages: readonly string[];
  /** Never saved. */
  open: boolean;
  entry: T;
}

/** Whether a kit or an item is a tile of the pad. */
function TileTick({ catalogue, code }: { catalogue: Catalogue; code: string }): JSX.Element {
  const { tiles } = catalogue.pad;
  const at = tiles.indexOf(code);
  return (
    <div class="cat-spot">
      <Tick label={t("cat_tile")} checked={at >= 0} onChange={() => edit((now) => changePad(now, { tiles: [...toggle(now.pad.tiles, code)] }))} />
      {at >= TILES && <small class="muted">{t("cat_tile_behind", { n: at + 1, shown: TILES })}</small>}
    </div>
  );
}

function ItemFields({ catalogue, index, open, entry: item }: Of<Item>): JSX.Element {
  const path = `items[${index}]`;
  const change = (fields: Partial<Item>): void => set("items", index, fields);
  const [syringes, doses] = [item.syringes_per_unit ?? 0, item.doses_per_unit ?? 0];
  return (
    <>
      <QuickField path={`${path}.quick`} value={item.quick ?? []} onChange={(quick) => change({ quick })} />
      {item.retired !== true && <TileTick catalogue={catalogue} code={item.code} />}
      <Spot path={path}>
        <div class="pair">
          {open ? (
            <>
              <NumberField path={`${path}.syringes_per_unit`} label={t("cat_syringes")} value={syringes} hint={t("cat_syringes_help")} onNumber={(n) => change({ syringes_per_unit: n })} />
              <NumberField path={`${path}.doses_per_unit`} label={t("cat_doses")} value={doses} hint={t("cat_doses_help")} onNumber={(n) => change({ doses_per_unit: n })} />
            </>
          ) : (
            <>
              <Fixed label={t("cat_syringes")} value={String(syringes)} why={t("cat_counts_fixed")} />
              <Fixed label={t("cat_doses")} value={String(doses)} why={t("cat_counts_fixed")} />
            </>
          )}
        </div>
      </Spot>
      <NumberField path={`${path}.base`} label={t("cat_base")} value={item.base} hint={t("cat_base_help")} onNumber={(base) => change({ base })} />
      <Tick label={t("cat_stock")} checked={item.stock === true} onChange={(stock) => change({ stock })} />
    </>
  );
}

/** Items that can be chosen: those in use, and the one that is chosen already. */
function itemOptions(catalogue: Catalogue, chosen = ""): (readonly [string, string])[] {
  return catalogue.items.filter((item) => item.retired !== true || item.code === chosen).map((item) => [item.code, label(item.label) || item.code] as const);
}

function KitFields({ catalogue, index, entry: kit }: Of<Kit>): JSX.Element {
  const path = `kits[${index}].lines`;
  const change = (lines: Kit["lines"]): void => set("kits", index, { lines });
  const free = itemOptions(catalogue).filter(([code]) => !kit.lines.some((line) => line.item === code));
  const error = wrong(path);
  return (
    <>
      <Spot path={path}>
        <fieldset class="choices cat-lines">
          <legend>{t("cat_kit_lines")}</legend>
          {error !== undefined && <small class="error">{error}</small>}
          {kit.lines.map((line, at) => {
            const name = itemOptions(catalogue, line.item).find(([code]) => code === line.item)?.[1] ?? line.item;
            return (
              <div key={line.item} class="cat-line">
                <NumberField
                  path={`${path}[${at}].quantity`}
                  label={name}
                  value={line.quantity}
                  onNumber={(quantity) => change(kit.lines.map((one, n) => (n === at ? { ...one, quantity } : one)))}
                />
                <Button icon="close" label={t("cat_take_out", { name })} onClick={() => change(kit.lines.filter((_, n) => n !== at))} />
              </div>
            );
          })}
          <Select label={t("cat_kit_add")} value="" options={[["", t("cat_choose")], ...free]} onChoose={(item) => item !== "" && change([...kit.lines, { item, quantity: 1 }])} />
        </fieldset>
      </Spot>
      {kit.retired !== true && <TileTick catalogue={catalogue} code={kit.code} />}
    </>
  );
}

function ServiceFields({ catalogue, entry: service }: Of<Service>): JSX.Element | null {
  const { pad } = catalogue;
  const at = pad.services.indexOf(service.code);
  if (service.retired === true) return null;
  return (
    <>
      <div class="cat-spot">
        <Tick label={t("cat_refer_tile")} checked={at >= 0} onChange={() => edit((now) => changePad(now, { services: [...toggle(now.pad.services, service.code)] }))} />
        {at >= TILES && <small class="muted">{t("cat_tile_behind", { n: at + 1, shown: TILES })}</small>}
      </div>
      <Tick
        label={t("cat_is_test")}
        checked={(pad.tests ?? []).includes(service.code)}
        onChange={() => edit((now) => changePad(now, { tests: [...toggle(now.pad.tests ?? [], service.code)] }))}
      />
    </>
  );
}

function ProviderFields({ catalogue, index, languages, entry: provider }: Of<Provider>): JSX.Element {
  const path = `providers[${index}]`;
  const change = (fields: Partial<Provider>): void => set("providers", index, fields);
  const offered = catalogue.services.filter((service) => service.retired !== true || provider.services.includes(service.code));
  return (
    <>
      <Spot path={`${path}.services`}>
        <Choices label={t("cat_provides")}>
          {offered.map((service) => (
            <Button
              key={service.code}
              icon={service.icon}
              pressed={provider.services.includes(service.code)}
              onClick={() => change({ services: [...toggle(provider.services, service.code)] })}
            >
              {label(service.label) || service.code}
            </Button>
          ))}
        </Choices>
      </Spot>
      <Spot path={`${path}.phone`}>
        <Field label={t("cat_phone")} value={provider.phone ?? ""} onText={(phone) => change({ phone })} maxLength={32} hint={t("cat_phone_help")} error={wrong(`${path}.phone`)} />
      </Spot>
      <Texts path={`${path}.hours`} name={t("cat_hours")} texts={provider.hours ?? {}} languages={languages} most={400} rows={2} onChange={(hours) => change({ hours })} />
      <Texts path={`${path}.address`} name={t("cat_address")} texts={provider.address ?? {}} languages={languages} most={400} rows={2} onChange={(address) => change({ address })} />
      <Texts
        path={`${path}.notes`}
        name={t("cat_notes")}
        texts={provider.notes ?? {}}
        languages={languages}
        most={400}
        rows={3}
        hint={t("cat_notes_help")}
        onChange={(notes) => change({ notes })}
      />
    </>
  );
}

function SiteFields({ catalogue, index, entry: site }: Of<Site>): JSX.Element {
  const areas = (catalogue.areas ?? []).filter((area) => area.retired !== true || area.code === site.area);
  return (
    <Spot path={`sites[${index}].area`}>
      <Select
        label={t("cat_area")}
        value={site.area ?? ""}
        options={[["", t("cat_no_area")], ...areas.map((area) => [area.code, label(area.label) || area.code] as const)]}
        onChoose={(area) => set("sites", index, { area: area === "" ? null : area })}
      />
    </Spot>
  );
}

function CardFields({ index, languages, entry: card }: Of<Card>): JSX.Element {
  return (
    <Texts
      path={`cards[${index}].body`}
      name={t("cat_body")}
      texts={card.body}
      languages={languages}
      most={6000}
      rows={12}
      hint={t("cat_markdown")}
      onChange={(body) => set("cards", index, { body })}
    />
  );
}

/** The fields that only one list has. */
function Own({ list, ...of }: Omit<Of<unknown>, "entry"> & { list: ListName }): JSX.Element | null {
  const { catalogue, index } = of;
  const draw = <T,>(found: T | undefined, fields: (of: Of<T>) => JSX.Element | null): JSX.Element | null => (found === undefined ? null : fields({ ...of, entry: found }));
  switch (list) {
    case "items":
      return draw(catalogue.items[index], (own) => <ItemFields {...own} />);
    case "kits":
      return draw(catalogue.kits[index], (own) => <KitFields {...own} />);
    case "services":
      return draw(catalogue.services[index], (own) => <ServiceFields {...own} />);
    case "providers":
      return draw(catalogue.providers[index], (own) => <ProviderFields {...own} />);
    case "sites":
      return draw(catalogue.sites[index], (own) => <SiteFields {...own} />);
    case "cards":
      return draw(catalogue.cards?.[index], (own) => <CardFields {...own} />);
    case "areas":
    case "topics":
    case "incident_kinds":
    case "perpetrators":
    case "supports":
    case "expense_kinds":
    case "modules":
      return null;
  }
}

/** Lists whose entries may go without an icon. */
const MAY_LACK_ICON: readonly (ChoiceList | "kits")[] = ["topics", "incident_kinds", "perpetrators", "supports", "expense_kinds", "modules"];

/** All fields of an entry. */
export function EntryFields({ catalogue, list, index, languages }: { catalogue: Catalogue; list: ListName; index: number; languages: readonly string[] }): JSX.Element | null {
  const entry = catalogue[list]?.[index];
  const before = saved.value;
  if (entry === undefined || before === undefined) return null;
  const path = `${list}[${index}]`;
  const open = isNew(before, list, entry.code);
  const optional = MAY_LACK_ICON.some((one) => one === list);
  const icon = "icon" in entry ? (entry.icon ?? "") : "";
  return (
    <>
      <Texts
        path={list === "cards" ? `${path}.title` : `${path}.label`}
        name={list === "cards" ? t("cat_title") : t("cat_label")}
        texts={namesOf(entry)}
        languages={languages}
        required
        onChange={(names) => edit((now) => renameEntry(now, before, list, index, names))}
      />
      {list !== "providers" && list !== "sites" && list !== "areas" && (
        <IconField path={`${path}.icon`} icon={icon} optional={optional} onChoose={(chosen) => set(list, index, { icon: chosen === "" ? null : chosen })} />
      )}
      <Own catalogue={catalogue} list={list} index={index} languages={languages} open={open} />
      <CodeField
        path={`${path}.code`}
        code={entry.code}
        open={open}
        taken={takenCodes(catalogue, list)}
        onCode={(code) => edit((now) => changeCode(now, list, index, code))}
      />
    </>
  );
}
