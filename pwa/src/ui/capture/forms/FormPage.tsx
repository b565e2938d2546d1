// The frame of a form: its name and a way out at the top, the questions, and Save for the thumb.
import type { ComponentChildren, JSX } from "preact";
import { leave } from "../../../app/forms";
import { chosenDay, saving } from "../../../app/state";
import { date } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { SaveTrouble } from "../copy/SaveCopy";
import { ExitButton } from "../ExitButton";
import "./forms.css";

interface FormPageProps {
  /** Heading. */
  title: string;
  /** A line under it. */
  about?: string;
  /** Called by the tap on Save; without it the form has no Save. */
  onSave?: () => void;
  /** Words on Save where they are not "Save". */
  save?: string;
  /** What is missing before it can be saved; Save is grey while there is something. */
  missing?: string | undefined;
  /** Leaves the form; goes home if absent. */
  onClose?: () => void;
  children: ComponentChildren;
}

/** The frame. */
export function FormPage({ title, about, onSave, save, missing, onClose = leave, children }: FormPageProps): JSX.Element {
  return (
    <main class="pad form">
      <header class="pad-head">
        <Button icon="close" label={t("close")} onClick={onClose} />
        <div class="pad-title">
          <h1>{title}</h1>
          {onSave !== undefined && chosenDay.value !== undefined && <p class="other-day small">{date(chosenDay.value)}</p>}
          {about !== undefined && <p class="muted small">{about}</p>}
        </div>
        <ExitButton />
      </header>
      <div class="form-body">
        {children}
        <SaveTrouble />
      </div>
      {onSave !== undefined && (
        <footer class="pad-foot">
          {missing !== undefined && <p class="muted small">{missing}</p>}
          <Button look="big primary" disabled={saving.value || missing !== undefined} onClick={onSave}>
            {saving.value ? t("saving") : (save ?? t("save"))}
          </Button>
        </footer>
      )}
    </main>
  );
}
