// One list of the catalogue: adding, order, and the fields of the entry that stands open.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { addEntry, bringBack, dropEntry, entries, isNew, languagesOf, namesOf, retire, rowOf, type Entry, type ListName } from "../../../domain/console/catalogue";
import { label } from "../../../i18n/catalogue";
import { t } from "../../../i18n/console";
import type { Catalogue } from "../../../generated/contract";
import { Badge } from "../../console/Page";
import { Button } from "../../kit/Button";
import { Banner } from "../../kit/Card";
import { Field } from "../../kit/Field";
import { Icon } from "../../kit/Icon";
import { EntryFields } from "./EntryFields";
import { edit, focusSoon, forget, heard, move, opened, saved, spotId } from "./state";

/** Lists of names alone: after one is added, the next is typed. */
const QUICK: readonly ListName[] = ["sites", "areas", "topics", "incident_kinds", "perpetrators", "supports", "expense_kinds", "modules"];

const EMPTY: Partial<Record<ListName, "cat_empty_sites" | "cat_empty_areas" | "cat_empty_providers">> = {
  sites: "cat_empty_sites",
  areas: "cat_empty_areas",
  providers: "cat_empty_providers",
};

/** An entry's name for the list, its code where it has none. */
export function entryName(entry: Entry): string {
  return label(namesOf(entry)) || entry.code;
}

function Add({ catalogue, list }: { catalogue: Catalogue; list: ListName }): JSX.Element {
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const submit = (): void => {
    const words = name.trim();
    setTried(words === "");
    if (words === "") return;
    const index = entries(catalogue, list).length;
    edit((now) => addEntry(now, list, words));
    heard.value = t("cat_added", { name: words });
    setName("");
    if (QUICK.includes(list)) return;
    opened.value = { list, index };
    focusSoon(spotId(`${list}[${index}].icon`));
  };
  return (
    <form
      class="cat-add"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label={t(`cat_add_${list}`)} value={name} onText={setName} maxLength={60} error={tried ? t("cat_name_wrong") : undefined} />
      <Button type="submit" icon="plus">
        {t("add_do")}
      </Button>
    </form>
  );
}

/** Retiring, bringing back, and taking away what was never saved. */
function Ending({ catalogue, list, index, entry }: { catalogue: Catalogue; list: ListName; index: number; entry: Entry }): JSX.Element {
  const name = entryName(entry);
  const row = rowOf(catalogue, list, entry.code);
  const end = (change: (now: Catalogue) => Catalogue, words: string): void => {
    edit(change);
    heard.value = words;
  };
  if (row !== undefined) return <p class="muted small">{t("cat_retire_row", { row: t(`cat_pad_${row}`) })}</p>;
  if (saved.value !== undefined && isNew(saved.value, list, entry.code)) {
    const drop = (): void => {
      opened.value = undefined;
      forget(list);
      end((now) => dropEntry(now, list, index), t("cat_dropped", { name }));
    };
    return (
      <Button icon="close" onClick={drop}>
        {t("cat_drop")}
      </Button>
    );
  }
  if (entry.retired === true) {
    return (
      <div class="cat-ending">
        <Button icon="undo" onClick={() => end((now) => bringBack(now, list, index), t("cat_is_back", { name }))}>
          {t("cat_bring_back")}
        </Button>
        <small class="muted">{t("cat_bring_back_help")}</small>
      </div>
    );
  }
  return (
    <div class="cat-ending">
      <Button onClick={() => end((now) => retire(now, list, index), t("cat_is_retired", { name }))}>{t("cat_retire")}</Button>
      <small class="muted">{t("cat_retire_help")}</small>
    </div>
  );
}

/** Ids of the buttons that move an entry, so that the focus goes with it. */
const moverId = (list: ListName, index: number, by: 1 | -1): string => `move-${list}-${index}-${by === 1 ? "down" : "up"}`;

interface RowProps {
  catalogue: Catalogue;
  list: ListName;
  index: number;
  count: number;
  entry: Entry;
}

function Mover({ list, index, count, entry, by }: Omit<RowProps, "catalogue"> & { by: 1 | -1 }): JSX.Element {
  const to = index + by;
  const ends = to < 0 || to >= count;
  const name = entryName(entry);
  const go = (): void => {
    if (ends) return;
    move(list, index, to);
    heard.value = t("cat_moved", { name, n: to + 1, all: count });
    focusSoon(moverId(list, to, by));
  };
  return (
    <Button
      id={moverId(list, index, by)}
      class="cat-move"
      look="plain"
      icon={by === 1 ? "down" : "up"}
      label={by === 1 ? t("cat_move_down", { name }) : t("cat_move_up", { name })}
      aria-disabled={ends}
      onClick={go}
    />
  );
}

function Signs({ list, entry, catalogue }: { list: ListName; entry: Entry; catalogue: Catalogue }): JSX.Element {
  const fresh = saved.value !== undefined && isNew(saved.value, list, entry.code);
  const { pad } = catalogue;
  const onPad =
    rowOf(catalogue, list, entry.code) !== undefined ||
    ((list === "items" || list === "kits") && pad.tiles.includes(entry.code)) ||
    (list === "services" && pad.services.includes(entry.code));
  return (
    <>
      {onPad && <Badge>{t("cat_on_pad")}</Badge>}
      {fresh && <Badge>{t("cat_new")}</Badge>}
      {entry.retired === true && <Badge>{t("cat_retired")}</Badge>}
    </>
  );
}

/** What is being dragged; a drop elsewhere than in its own list does nothing. */
let dragged: { list: ListName; index: number } | undefined;

function Row({ catalogue, list, index, count, entry }: RowProps): JSX.Element {
  const open = opened.value?.list === list && opened.value.index === index;
  const icon = "icon" in entry ? entry.icon : undefined;
  const id = `entry-${list}-${index}`;
  return (
    <li
      class={entry.retired === true ? "cat-row retired" : "cat-row"}
      onDragOver={(event) => {
        if (dragged?.list === list) event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        if (dragged?.list === list) move(list, dragged.index, index);
        dragged = undefined;
      }}
    >
      <div class="cat-row-head" draggable={!open} onDragStart={() => (dragged = { list, index })} onDragEnd={() => (dragged = undefined)}>
        <button
          type="button"
          class="cat-row-open"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => (opened.value = open ? undefined : { list, index })}
        >
          {icon !== undefined && icon !== null && icon !== "" && <Icon name={icon} />}
          <span class="cat-row-name">{entryName(entry)}</span>
          <Signs list={list} entry={entry} catalogue={catalogue} />
        </button>
        <Mover list={list} index={index} count={count} entry={entry} by={-1} />
        <Mover list={list} index={index} count={count} entry={entry} by={1} />
      </div>
      {open && (
        <div class="cat-fields" id={id} role="group" aria-label={entryName(entry)}>
          <EntryFields catalogue={catalogue} list={list} index={index} languages={languagesOf(catalogue)} />
          <Ending catalogue={catalogue} list={list} index={index} entry={entry} />
        </div>
      )}
    </li>
  );
}

/** The list. */
export function ListPart({ catalogue, list, help }: { catalogue: Catalogue; list: ListName; help?: string | undefined }): JSX.Element {
  const rows = entries(catalogue, list);
  const empty = EMPTY[list];
  return (
    <section class="cat-part">
      <div>
        <h2>{t(`cat_list_${list}`)}</h2>
        {help !== undefined && <p class="muted">{help}</p>}
      </div>
      <Add catalogue={catalogue} list={list} />
      {rows.length === 0 && empty !== undefined && <Banner kind="info">{t(empty)}</Banner>}
      <ol class="cat-list">
        {rows.map((entry, index) => (
          <Row key={index} catalogue={catalogue} list={list} index={index} count={rows.length} entry={entry} />
        ))}
      </ol>
    </section>
  );
}
