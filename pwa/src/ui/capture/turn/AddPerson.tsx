// Adds somebody to this phone: the code or link of their invite and six digits. Then their number, and the phone is theirs.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { link, linkUnused } from "../../../app/state";
import { addPerson, turnTo } from "../../../app/turns";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Banner } from "../../kit/Card";
import { Sheet } from "../../kit/Sheet";
import { EnrolForm } from "../EnrolForm";
import { Mark } from "./Mark";

/** The sheet. */
export function AddPerson({ onClose }: { onClose: () => void }): JSX.Element {
  const [added, setAdded] = useState<{ author: string; n: number; handle: string } | undefined>(undefined);
  const { code, pin } = linkUnused.value ? link.value : {};
  const send = async (typed: string, digits: string, pinned: string | undefined): Promise<string | undefined> => {
    const answer = await addPerson(typed, digits, pinned);
    if ("error" in answer) return answer.error;
    setAdded(answer);
    return undefined;
  };
  const [failed, setFailed] = useState(false);
  const give = async (author: string): Promise<void> => setFailed(!(await turnTo(author)));
  const close = (): void => {
    // The link was used after all.
    if (added !== undefined) linkUnused.value = false;
    onClose();
  };
  return (
    <Sheet title={t("person_add")} done={t("close")} onClose={close}>
      {added === undefined ? (
        <>
          <p class="muted">{t("person_add_help")}</p>
          <EnrolForm fromLink={code} pin={pin} send={send} button={t("person_add_do")} />
        </>
      ) : (
        <>
          <p role="status" class="row">
            <Mark n={added.n} />
            <strong>{t("person_added", { name: added.handle, n: added.n })}</strong>
          </p>
          <p class="muted">{t("person_added_help")}</p>
          {failed && <Banner kind="danger">{t("error_not_saved")}</Banner>}
          <Button look="big" onClick={() => void give(added.author)}>
            {t("person_begin")}
          </Button>
        </>
      )}
    </Sheet>
  );
}
