// The five sums in large figures.
import type { JSX } from "preact";
import type { DaySums } from "../../generated/contract";
import { t } from "../../i18n/phone";
import { Card } from "../kit/Card";
import "./sums.css";
import { figure } from "./words";

/** Five sums with their words; the first is the large one. */
export function Sums({ sums, when }: { sums: DaySums; when: string }): JSX.Element {
  return (
    <Card>
      <div class="sums">
        <div class="lead">
          <span class="figure">{figure(sums.contacts)}</span>
          <span>
            {t("contacts", { n: sums.contacts })}
            <br />
            <span class="muted small">{when}</span>
          </span>
        </div>
        <div class="end">
          <div class="figure">{figure(sums.new_contacts)}</div>
          <div class="muted small">{t("new_people")}</div>
        </div>
        <div>
          <div class="figure">{figure(sums.syringes_out)}</div>
          <div class="muted small">{t("syringes_out")}</div>
        </div>
        <div>
          <div class="figure">{figure(sums.syringes_in)}</div>
          <div class="muted small">{t("syringes_in")}</div>
        </div>
        <div>
          <div class="figure">{figure(sums.naloxone_kits)}</div>
          <div class="muted small">{t("naloxone")}</div>
        </div>
      </div>
    </Card>
  );
}
