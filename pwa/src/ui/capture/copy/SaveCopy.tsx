// "Save a copy" wherever records may be in danger: the sealed records leave as a file, and what became of it is said.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { saveCopy, type Copied } from "../../../app/rescue";
import { saveError } from "../../../app/state";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Banner } from "../../kit/Card";

function Said({ copied }: { copied: Copied }): JSX.Element | null {
  switch (copied.kind) {
    case "shared":
    case "downloaded":
      return <Banner kind="good">{t(`copy_${copied.kind}`, { n: copied.records, file: copied.file })}</Banner>;
    case "nothing":
    case "failed":
      return <Banner kind={copied.kind === "failed" ? "danger" : "info"}>{t(`copy_${copied.kind}`)}</Banner>;
    case "cancelled":
      return null;
  }
}

/** The button, and after a tap how it went. */
export function SaveCopy(): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [copied, setCopied] = useState<Copied | undefined>(undefined);
  const tap = async (): Promise<void> => {
    setBusy(true);
    setCopied(undefined);
    setCopied(await saveCopy());
    setBusy(false);
  };
  return (
    <>
      <Button icon="disk" disabled={busy} onClick={() => void tap()}>
        {t("copy_save")}
      </Button>
      {copied !== undefined && <Said copied={copied} />}
    </>
  );
}

/** Why the last save did not happen; where the phone has no room, what waits can leave as a file. */
export function SaveTrouble(): JSX.Element | null {
  const error = saveError.value;
  if (error === undefined) return null;
  return (
    <>
      <Banner kind="danger">{t(`save_${error}`)}</Banner>
      {error === "no_room" && <SaveCopy />}
    </>
  );
}
