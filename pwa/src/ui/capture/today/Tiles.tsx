// The small tiles of the home screen: everything that is recorded besides a contact.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { openShort } from "../../../app/actions";
import { openForm } from "../../../app/forms";
import { isShort, own, type Form } from "../../../app/state";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Icon } from "../../kit/Icon";
import { Sheet } from "../../kit/Sheet";

type Tiled = Exclude<Form, "referral" | "stop">;
type Fixed = Exclude<Tiled, "talk">;

const ICON: Readonly<Record<Tiled, string>> = {
  handout: "box",
  unmet: "missing",
  sheet: "list",
  group: "people",
  overdose: "pulse",
  incident: "alert",
  talk: "talk",
  collection: "bin",
  expense: "coins",
  stock: "sack",
};
const IN_SHIFT: readonly Tiled[] = ["handout", "unmet", "sheet", "group", "overdose", "incident", "talk"];
/** Between shifts: what may have to be said then. */
const BETWEEN: readonly Tiled[] = ["overdose", "incident", "talk"];
const MORE: readonly Fixed[] = ["collection", "expense", "stock"];

function words(form: Tiled): string {
  if (form !== "talk") return t(`tile_${form}`);
  const supervisor = own.value?.supervisor;
  return supervisor === undefined ? t("tile_talk_anyone") : t("tile_talk", { name: supervisor });
}

function open(form: Tiled): void {
  if (isShort(form)) openShort(form);
  else openForm(form);
}

function More({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Sheet title={t("tile_more")} done={t("close")} onClose={onClose}>
      {MORE.map((form) => (
        <Button key={form} look="big" icon={ICON[form]} onClick={() => openForm(form)}>
          {words(form)}
        </Button>
      ))}
    </Sheet>
  );
}

/** The tiles: all of them during a shift, the few that can't wait otherwise. */
export function Tiles({ inShift }: { inShift: boolean }): JSX.Element {
  const [more, setMore] = useState(false);
  return (
    <div class="forms" role="group" aria-label={t("tiles_label")}>
      {(inShift ? IN_SHIFT : BETWEEN).map((form) => (
        <Button key={form} class={`form-tile tile-${form}`} onClick={() => open(form)}>
          <Icon name={ICON[form]} />
          <span>{words(form)}</span>
        </Button>
      ))}
      <Button class="form-tile" onClick={() => setMore(true)}>
        <Icon name="more" />
        <span>{t("tile_more")}</span>
      </Button>
      {more && <More onClose={() => setMore(false)} />}
    </div>
  );
}
