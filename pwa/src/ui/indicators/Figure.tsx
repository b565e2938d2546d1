// How one published cell is shown, and the notes that every table of figures carries.
import type { JSX } from "preact";
import type { IndicatorCell, IndicatorTable, Unit } from "../../generated/contract";
import { totalOf } from "../../domain/console/figures";
import { t } from "../../i18n/console";
import { cellText } from "../console/format";

/** Whether there is a figure to read. */
export function hasValue(cell: IndicatorCell | undefined): boolean {
  return cell?.value !== null && cell?.value !== undefined;
}

/** A cell as text; a hidden one is quieter and says why in full to whoever asks. */
export function CellText({ cell, unit }: { cell: IndicatorCell | undefined; unit: Unit }): JSX.Element {
  if (hasValue(cell)) return <>{cellText(cell, unit)}</>;
  const flag = cell?.flag ?? undefined;
  return (
    <bdi class="hidden-figure" title={flag === undefined ? t("why_no_figure") : t(`why_${flag}`)}>
      {cellText(cell, unit)}
    </bdi>
  );
}

/** What must stand below figures: rounding, codes, and why some are hidden. */
export function Notes({ table, shown }: { table: IndicatorTable; shown: readonly IndicatorCell[] }): JSX.Element {
  const share = table.indicators.find((one) => one.number === "I4" && one.unit === "share");
  const cell = share === undefined ? undefined : totalOf(table, share.id);
  const flags = ["below_threshold", "withheld", "not_computable"] as const;
  return (
    <div class="notes muted small">
      <p>{t("note_rounding")}</p>
      <p>{cell !== undefined && share !== undefined && hasValue(cell) ? t("note_codes_share", { share: cellText(cell, share.unit) }) : t("note_codes")}</p>
      {flags
        .filter((flag) => shown.some((one) => one.flag === flag))
        .map((flag) => (
          <p key={flag}>
            <strong>
              <bdi>{flag === "below_threshold" ? `<${table.threshold}` : t(`flag_${flag}`)}</bdi>
            </strong>
            : {t(`why_${flag}`)}
          </p>
        ))}
    </div>
  );
}
