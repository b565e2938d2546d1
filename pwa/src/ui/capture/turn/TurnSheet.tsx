// Who is next on a shared phone. Of the others nothing is said but their numbers and how many records wait.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { people, queue, turn } from "../../../app/state";
import { turnTo } from "../../../app/turns";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Banner } from "../../kit/Card";
import { Sheet } from "../../kit/Sheet";
import { Mark } from "./Mark";

/** The sheet. */
export function TurnSheet({ onClose }: { onClose: () => void }): JSX.Element {
  const { waiting, removals, others } = queue.value;
  const waits = waiting + removals + others;
  const [failed, setFailed] = useState(false);
  const give = async (author: string): Promise<void> => setFailed(!(await turnTo(author)));
  return (
    <Sheet title={t("turn_title")} done={t("close")} onClose={onClose}>
      <p class="muted">{waits > 0 ? t("turn_waiting", { n: waits }) : t("wiped_none")}</p>
      {failed && <Banner kind="danger">{t("error_not_saved")}</Banner>}
      {people.value.map(({ author, n }) => (
        <Button key={author} look="big" pressed={n === turn.value} onClick={() => (n === turn.value ? onClose() : void give(author))}>
          <Mark n={n} />
          {t("person_n", { n })}
        </Button>
      ))}
    </Sheet>
  );
}
