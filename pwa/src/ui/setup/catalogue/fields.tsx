// Inputs of the catalogue editor: texts in every language of the programme, numbers, codes, icons, and the spots that errors lead to.
import { useId, useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { quickOf } from "../../../domain/console/catalogue";
import { CODE } from "../../../domain/console/catalogue-codes";
import { labelIn, type Labels } from "../../../domain/labels";
import { directionOf } from "../../../i18n/catalogue";
import { t } from "../../../i18n/console";
import { LANGUAGES } from "../../../i18n/languages";
import { wordsFor } from "../../console/problem";
import { Button } from "../../kit/Button";
import { Field } from "../../kit/Field";
import { Icon } from "../../kit/Icon";
import { ICONS } from "../../kit/icons";
import { spotId, wrong } from "./state";

/** The place of a path: what is wrong there leads here. */
export function Spot({ path, children }: { path: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="cat-spot" id={spotId(path)}>
      {children}
    </div>
  );
}

/** Name of a language in itself; a tag that the app does not speak stands for itself. */
export function languageName(tag: string): string {
  return LANGUAGES[tag]?.name ?? tag;
}

interface TextProps {
  label: string;
  /** Language of the text. */
  tag: string;
  value: string;
  /** What phones show while it is empty. */
  instead: string;
  most: number;
  rows: number;
  error: string | undefined;
  hint: string | undefined;
  required: boolean;
  onText: (text: string) => void;
}

function Text({ label, tag, value, instead, most, rows, error, hint, required, onText }: TextProps): JSX.Element {
  const id = useId();
  const help = error ?? hint;
  const common = {
    id: `${id}-input`,
    lang: tag,
    dir: directionOf(tag),
    value,
    maxLength: most,
    placeholder: instead,
    "aria-required": required,
    "aria-invalid": error !== undefined,
    "aria-describedby": help === undefined ? undefined : id,
    onInput: (event: { currentTarget: { value: string } }) => onText(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={`${id}-input`}>{label}</label>
      {rows > 1 ? <textarea rows={rows} {...common} /> : <input type="text" autocomplete="off" {...common} />}
      {help !== undefined && (
        <small id={id} class={error === undefined ? "muted" : "error"}>
          {help}
        </small>
      )}
    </div>
  );
}

interface TextsProps {
  path: string;
  /** What the texts are. */
  name: string;
  texts: Labels;
  languages: readonly string[];
  /** Longest text in characters. */
  most?: number;
  rows?: number;
  hint?: string;
  /** One of the languages is needed. */
  required?: boolean;
  onChange: (texts: Record<string, string>) => void;
}

/** Texts with more rows than these take the whole width. */
const PAGE_ROWS = 4;

/** A text in every language of the programme; where one is empty, it shows what phones show instead. */
export function Texts({ path, name, texts, languages, most = 60, rows = 1, hint, required = false, onChange }: TextsProps): JSX.Element {
  const id = useId();
  const error = wrong(path);
  const input = (tag: string, label: string, first: boolean, alone: boolean): JSX.Element => (
    <Text
      key={tag}
      label={label}
      tag={tag}
      value={texts[tag] ?? ""}
      instead={labelIn({ ...texts, [tag]: "" }, tag)}
      most={most}
      rows={rows}
      error={first ? error : undefined}
      hint={alone ? hint : undefined}
      required={first && required}
      onText={(text) => onChange({ ...texts, [tag]: text })}
    />
  );
  const [only = "en", ...others] = languages;
  if (others.length === 0) return <Spot path={path}>{input(only, name, true, true)}</Spot>;
  return (
    <Spot path={path}>
      <fieldset class="choices cat-texts" aria-describedby={hint === undefined ? undefined : id}>
        <legend>{name}</legend>
        {hint !== undefined && (
          <small id={id} class="muted">
            {hint}
          </small>
        )}
        <div class={rows > PAGE_ROWS ? "cat-long" : "pair"}>{languages.map((tag, at) => input(tag, languageName(tag), at === 0, false))}</div>
      </fieldset>
    </Spot>
  );
}

interface NumberProps {
  path: string;
  label: string;
  value: number;
  hint?: string;
  /** Parts of a whole are allowed. */
  decimal?: boolean;
  onNumber: (value: number) => void;
}

function numberIn(text: string, decimal: boolean): number {
  const value = Number(text.replace(",", "."));
  return Number.isFinite(value) && value >= 0 ? (decimal ? value : Math.trunc(value)) : 0;
}

/** A number; what is typed stays as it was typed for as long as it means the value. */
export function NumberField({ path, label, value, hint, decimal = false, onNumber }: NumberProps): JSX.Element {
  const [typed, setTyped] = useState(String(value));
  const shown = numberIn(typed, decimal) === value ? typed : String(value);
  const take = (text: string): void => {
    setTyped(text);
    onNumber(numberIn(text, decimal));
  };
  return (
    <Spot path={path}>
      <Field label={label} value={shown} onText={take} inputMode={decimal ? "decimal" : "numeric"} maxLength={8} hint={hint} error={wrong(path)} />
    </Spot>
  );
}

/** Quantities with commas between them. */
export function QuickField({ path, value, onChange }: { path: string; value: readonly number[]; onChange: (quick: number[]) => void }): JSX.Element {
  const text = value.join(", ");
  const [typed, setTyped] = useState(text);
  const shown = quickOf(typed).join(", ") === text ? typed : text;
  const take = (next: string): void => {
    setTyped(next);
    onChange(quickOf(next));
  };
  return (
    <Spot path={path}>
      <Field label={t("cat_quick")} value={shown} onText={take} inputMode="numeric" maxLength={48} hint={t("cat_quick_help")} error={wrong(path)} />
    </Spot>
  );
}

/** Something that can't be changed any more, and why. */
export function Fixed({ label, value, why }: { label: string; value: string; why: string }): JSX.Element {
  return (
    <div class="field">
      <span>{label}</span>
      <output class="cat-fixed">{value}</output>
      <small class="muted">{why}</small>
    </div>
  );
}

interface CodeProps {
  path: string;
  code: string;
  /** Never saved: it may still be changed. */
  open: boolean;
  /** Codes of the list. */
  taken: readonly string[];
  onCode: (code: string) => void;
}

/** An entry's code. What can't be one is said while it is typed, and goes when the field is left: every entry has a good code at all times. */
export function CodeField({ path, code, open, taken, onCode }: CodeProps): JSX.Element {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  if (!open) return <Fixed label={t("cat_code")} value={code} why={t("cat_code_fixed")} />;
  const shown = typed ?? code;
  const fault = CODE.test(shown) ? (shown !== code && taken.includes(shown) ? t("cat_code_taken") : undefined) : t("cat_code_wrong");
  const take = (text: string): void => {
    const next = text.toLowerCase();
    setTyped(next);
    if (CODE.test(next) && !taken.includes(next)) onCode(next);
  };
  return (
    <Spot path={path}>
      <div onFocusOut={() => setTyped(undefined)}>
        <Field label={t("cat_code")} value={shown} onText={take} maxLength={32} hint={t("cat_code_help")} error={fault ?? wrong(path)} />
      </div>
    </Spot>
  );
}

/** What an icon shows, in words. */
function iconName(name: string): string {
  return wordsFor("icon", name) ?? name;
}

interface IconProps {
  path: string;
  icon: string;
  /** An entry of this list may have none. */
  optional?: boolean;
  onChoose: (icon: string) => void;
}

/** The icon, and all of them to choose from: one stop for the tabulator, arrows within. */
export function IconField({ path, icon, optional = false, onChoose }: IconProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const id = useId();
  const names = optional ? ["", ...Object.keys(ICONS)] : Object.keys(ICONS);
  const shown = icon === "" ? t("cat_no_icon") : iconName(icon);
  return (
    <Spot path={path}>
      <div class="field">
        <span id={id}>{t("cat_icon")}</span>
        <Button class="cat-icon-now" icon={icon === "" ? undefined : icon} aria-expanded={open} aria-describedby={id} onClick={() => setOpen(!open)}>
          {shown}
        </Button>
      </div>
      {open && (
        <fieldset class="choices">
          <legend class="hide-text">{t("cat_icon")}</legend>
          <div class="cat-icons">
            {names.map((name) => (
              <label key={name} class="cat-icon" title={name === "" ? t("cat_no_icon") : iconName(name)}>
                <input type="radio" class="hide-text" name={id} checked={name === icon} onChange={() => onChoose(name)} />
                {name === "" ? <span>{t("cat_no_icon")}</span> : <Icon name={name} />}
                {name !== "" && <span class="hide-text">{iconName(name)}</span>}
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </Spot>
  );
}
