// Asked for, had none: one tap for each item that somebody wished for and that could not be had.
import type { JSX } from "preact";
import { closePad } from "../../../app/actions";
import { catalogue, draft } from "../../../app/state";
import { isTouched, toggle } from "../../../domain/draft";
import { label } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { Asked, useQuestions } from "../questions";
import { FormPage } from "./FormPage";

/** The form. */
export function Unmet(): JSX.Element | null {
  const items = catalogue.value;
  const { asked, onSave } = useQuestions(items);
  if (items === undefined) return null;
  const { unmet } = draft.value;
  const offered = items.items.filter((item) => item.retired !== true && item.code !== items.pad.return_item);
  return (
    <FormPage
      title={t("unmet_title")}
      save={asked.length > 0 ? t("save_anyway") : t("save")}
      missing={isTouched(draft.value) ? undefined : t("unmet_nothing")}
      onSave={onSave}
      onClose={closePad}
    >
      <div class="item-tiles" role="group" aria-label={t("unmet_title")}>
        {offered.map((item) => (
          <Button
            key={item.code}
            class="tile"
            pressed={unmet.includes(item.code)}
            onClick={() => (draft.value = { ...draft.value, unmet: toggle(unmet, item.code) })}
          >
            <Icon name={item.icon} />
            <span>{label(item.label)}</span>
          </Button>
        ))}
      </div>
      <Asked asked={asked} />
    </FormPage>
  );
}
