// What may change while a shift runs: site, mode, setting, who is out. Each is one tap, holds at once and closes the sheet.
import type { JSX } from "preact";
import { movePlace, togglePartner } from "../../../app/shift";
import { catalogue, own, place, shift } from "../../../app/state";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Choices } from "../../kit/Field";
import { Sheet } from "../../kit/Sheet";
import { PlaceChoices } from "../PlaceChoices";
import { handleOf } from "./words";

/** The sheet. */
export function ShiftSheet({ onClose }: { onClose: () => void }): JSX.Element | null {
  const [here, running] = [place.value, shift.value];
  if (here === undefined || running === undefined) return null;
  const sites = (catalogue.value?.sites ?? []).filter((site) => site.retired !== true || site.code === here.site);
  const people = [...new Set([...running.with, ...(own.value?.colleagues ?? []).map((one) => one.id)])];
  const then = (done: Promise<void>): void => {
    void done;
    onClose();
  };
  return (
    <Sheet title={t("shift_change_title")} done={t("done")} onClose={onClose}>
      <PlaceChoices sites={sites} place={here} onChange={(change) => then(movePlace(change))} />
      {people.length > 0 && (
        <Choices label={t("shift_with")}>
          {people.map((id) => (
            <Button key={id} icon="person" pressed={running.with.includes(id)} onClick={() => then(togglePartner(id))}>
              {handleOf(id) ?? "?"}
            </Button>
          ))}
        </Choices>
      )}
    </Sheet>
  );
}
