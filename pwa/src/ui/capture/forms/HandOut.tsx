// Hand-out only: what was given and taken back, of somebody of whom nothing is asked.
import type { JSX } from "preact";
import { closePad } from "../../../app/actions";
import { catalogue, draft } from "../../../app/state";
import { isTouched } from "../../../domain/draft";
import { t } from "../../../i18n/phone";
import { Asked, useQuestions } from "../questions";
import { StepperRow, SyringeRow, TileRow } from "../Quantities";
import { FormPage } from "./FormPage";

/** The form. */
export function HandOut(): JSX.Element | null {
  const items = catalogue.value;
  const { asked, onSave } = useQuestions(items);
  if (items === undefined) return null;
  return (
    <FormPage
      title={t("handout_title")}
      about={t("handout_about")}
      save={asked.length > 0 ? t("save_anyway") : t("save")}
      missing={isTouched(draft.value) ? undefined : t("handout_nothing")}
      onSave={onSave}
      onClose={closePad}
    >
      <div class="rows">
        <SyringeRow catalogue={items} />
        <StepperRow catalogue={items} />
        <TileRow catalogue={items} />
      </div>
      <Asked asked={asked} />
    </FormPage>
  );
}
