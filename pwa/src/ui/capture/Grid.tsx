// The gender × age grid: one tap for every pair of an unshared row, two in a shared one. A row's name means age not known,
// a column's head gender not known, the corner both.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { AgeBand, Catalogue } from "../../generated/contract";
import { draft } from "../../app/state";
import { tapCell } from "../../domain/draft";
import { gridColumns, gridRows, sharedName, type GridRow } from "../../domain/pad-rows";
import { label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Icon } from "../kit/Icon";

const UNKNOWN = "unknown";

function tap(gender: string, ageBand: string): void {
  draft.value = tapCell(draft.value, gender, ageBand);
}

function Mark({ on }: { on: boolean }): JSX.Element | null {
  return on ? <Icon name="check" /> : null;
}

interface RowProps {
  row: GridRow;
  columns: readonly AgeBand[];
  onOpen: (ageBand: string) => void;
}

/** A row of one gender, or of several: those open on a tap. */
function Row({ row, columns, onOpen }: RowProps): JSX.Element {
  const { gender, ageBand } = draft.value;
  const chosen = row.genders.find((one) => one.code === gender);
  const only = row.genders.length === 1 ? row.genders[0] : undefined;
  const name = chosen !== undefined ? label(chosen.label) : only !== undefined ? label(only.label) : sharedName(row.genders.map((one) => label(one.label)));
  const press = (band: string): void => {
    if (only !== undefined) tap(only.code, band);
    else if (chosen !== undefined && ageBand === band) tap(chosen.code, band);
    else onOpen(band);
  };
  return (
    <div class="grid-row">
      <Button
        class="row-name"
        pressed={chosen !== undefined && ageBand === UNKNOWN}
        label={`${name}, ${t("age")} ${t("not_known")}`}
        onClick={() => press(UNKNOWN)}
      >
        {name}
      </Button>
      {columns.map((band) => {
        const on = chosen !== undefined && ageBand === band.code;
        return (
          <Button key={band.code} class="cell" pressed={on} label={`${name}, ${label(band.label)}`} onClick={() => press(band.code)}>
            <Mark on={on} />
          </Button>
        );
      })}
    </div>
  );
}

/** A shared row that was tapped: its genders, for the age band of the tap. */
function OpenRow({ row, ageBand, onDone }: { row: GridRow; ageBand: string; onDone: () => void }): JSX.Element {
  return (
    <div class="grid-row open-row" role="group" aria-label={t("which")}>
      {row.genders.map((gender) => (
        <Button
          key={gender.code}
          onClick={() => {
            tap(gender.code, ageBand);
            onDone();
          }}
        >
          {label(gender.label)}
        </Button>
      ))}
      <Button icon="back" label={t("all_rows")} onClick={onDone} />
    </div>
  );
}

/** The grid. */
export function Grid({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const [open, setOpen] = useState<{ key: string; ageBand: string } | undefined>(undefined);
  const { gender, ageBand } = draft.value;
  const columns = gridColumns(catalogue);
  return (
    <div class="grid" role="group" aria-label={`${t("gender")}, ${t("age")}`}>
      <div class="grid-row">
        <Button
          class="head row-name"
          pressed={gender === UNKNOWN && ageBand === UNKNOWN}
          label={t("both_unknown")}
          onClick={() => tap(UNKNOWN, UNKNOWN)}
        >
          ?
        </Button>
        {columns.map((band) => (
          <Button
            key={band.code}
            class="head"
            pressed={gender === UNKNOWN && ageBand === band.code}
            label={`${t("gender")} ${t("not_known")}, ${label(band.label)}`}
            onClick={() => tap(UNKNOWN, band.code)}
          >
            <bdi>{label(band.label)}</bdi>
          </Button>
        ))}
      </div>
      {gridRows(catalogue).map((row) =>
        open?.key === row.key ? (
          <OpenRow key={row.key} row={row} ageBand={open.ageBand} onDone={() => setOpen(undefined)} />
        ) : (
          <Row key={row.key} row={row} columns={columns} onOpen={(band) => setOpen({ key: row.key, ageBand: band })} />
        ),
      )}
    </div>
  );
}
