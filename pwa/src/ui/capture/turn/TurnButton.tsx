// Whose turn it is, on a phone that several workers share. A tap asks who is next.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { turn } from "../../../app/state";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { onDemand } from "../onDemand";
import { Mark } from "./Mark";

const TurnSheet = onDemand(() => import("./TurnSheet").then((parts) => parts.TurnSheet));

/** The button; nothing on a phone of one worker. */
export function TurnButton(): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const n = turn.value;
  if (n === undefined) return null;
  return (
    <>
      <Button look="plain" class="turn" onClick={() => setOpen(true)}>
        <Mark n={n} />
        {t("person_turn", { n })}
      </Button>
      {open && <TurnSheet onClose={() => setOpen(false)} />}
    </>
  );
}
