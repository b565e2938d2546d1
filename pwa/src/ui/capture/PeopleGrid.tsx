// The gender × age grid: one tap for every pair of an unshared row, two in a shared one. A row's name means age not known,
// a column's head gender not known, the corner both. It marks the one person of a contact, or counts the people of a group.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { AgeBand, Catalogue } from "../../generated/contract";
import { gridColumns, gridRows, sharedName, type GridRow } from "../../domain/pad-rows";
import { label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Icon } from "../kit/Icon";
import { figure } from "./words";

const UNKNOWN = "unknown";

interface Grid {
  /** How many of a gender and age band are marked. */
  count: (gender: string, ageBand: string) => number;
  /** Each tap adds one; otherwise there is one mark, which a second tap clears. */
  counting: boolean;
  /** Called with the gender and age band of a tap. */
  onTap: (gender: string, ageBand: string) => void;
}

interface CellProps {
  grid: Grid;
  n: number;
  /** Whom it stands for, as it is spoken. */
  name: string;
  head?: "head" | "row-name" | "head row-name";
  text?: string;
  /** The age band, which a cell says itself where there is no room for columns. */
  band?: string;
  onTap: () => void;
}

/** A cell, or a name at the side or the top. */
function Cell({ grid, n, name, head, text, band, onTap }: CellProps): JSX.Element {
  const mark = n === 0 ? undefined : grid.counting ? <b class="figure">{figure(n)}</b> : <Icon name="check" />;
  return (
    <Button class={head ?? "cell"} pressed={n > 0} label={grid.counting && n > 0 ? `${name}: ${figure(n)}` : name} data-band={band} onClick={onTap}>
      {text !== undefined && <bdi>{text}</bdi>}
      {(head === undefined || grid.counting) && mark}
    </Button>
  );
}

interface RowProps {
  grid: Grid;
  row: GridRow;
  columns: readonly AgeBand[];
  onOpen: (ageBand: string) => void;
}

/** A row of one gender, or of several: those open on a tap. */
function Row({ grid, row, columns, onOpen }: RowProps): JSX.Element {
  const only = row.genders.length === 1 ? row.genders[0] : undefined;
  const bands = [UNKNOWN, ...columns.map((band) => band.code)];
  const chosen = grid.counting ? undefined : row.genders.find((one) => bands.some((band) => grid.count(one.code, band) > 0));
  const named = only ?? chosen;
  const name = named === undefined ? sharedName(row.genders.map((one) => label(one.label))) : label(named.label);
  const count = (band: string): number => row.genders.reduce((sum, one) => sum + grid.count(one.code, band), 0);
  const press = (band: string): void => {
    if (only !== undefined) grid.onTap(only.code, band);
    else if (chosen !== undefined && grid.count(chosen.code, band) > 0) grid.onTap(chosen.code, band);
    else onOpen(band);
  };
  return (
    <div class="grid-row">
      <Cell grid={grid} n={count(UNKNOWN)} name={`${name}, ${t("age")} ${t("not_known")}`} head="row-name" text={name} onTap={() => press(UNKNOWN)} />
      {columns.map((band) => (
        <Cell key={band.code} grid={grid} n={count(band.code)} name={`${name}, ${label(band.label)}`} band={label(band.label)} onTap={() => press(band.code)} />
      ))}
    </div>
  );
}

/** A shared row that was tapped: its genders, for the age band of the tap. */
function OpenRow({ grid, row, ageBand, onDone }: { grid: Grid; row: GridRow; ageBand: string; onDone: () => void }): JSX.Element {
  const press = (gender: string): void => {
    grid.onTap(gender, ageBand);
    onDone();
  };
  return (
    <div class="grid-row open-row" role="group" aria-label={t("which")}>
      {row.genders.map((gender) => (
        <Button key={gender.code} onClick={() => press(gender.code)}>
          {label(gender.label)}
        </Button>
      ))}
      <Button icon="back" label={t("all_rows")} onClick={onDone} />
    </div>
  );
}

/** The grid. */
export function PeopleGrid({ catalogue, ...grid }: Grid & { catalogue: Catalogue }): JSX.Element {
  const [open, setOpen] = useState<{ key: string; ageBand: string } | undefined>(undefined);
  const columns = gridColumns(catalogue);
  const head = (ageBand: string, name: string, text: string, place: "head" | "head row-name"): JSX.Element => (
    <Cell key={ageBand} grid={grid} n={grid.count(UNKNOWN, ageBand)} name={name} head={place} text={text} onTap={() => grid.onTap(UNKNOWN, ageBand)} />
  );
  return (
    <div class="grid" role="group" aria-label={`${t("gender")}, ${t("age")}`}>
      <div class="grid-row">
        {head(UNKNOWN, t("both_unknown"), "?", "head row-name")}
        {columns.map((band) => head(band.code, `${t("gender")} ${t("not_known")}, ${label(band.label)}`, label(band.label), "head"))}
      </div>
      {gridRows(catalogue).map((row) =>
        open?.key === row.key ? (
          <OpenRow key={row.key} grid={grid} row={row} ageBand={open.ageBand} onDone={() => setOpen(undefined)} />
        ) : (
          <Row key={row.key} grid={grid} row={row} columns={columns} onOpen={(band) => setOpen({ key: row.key, ageBand: band })} />
        ),
      )}
    </div>
  );
}
