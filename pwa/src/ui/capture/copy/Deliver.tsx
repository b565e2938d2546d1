// Delivers the copy of another phone: the file is picked, sent as it is, and counted. Nothing of it stays on this phone.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { deliverFile, type Delivered } from "../../../app/deliver";
import { FATES } from "../../../domain/copy";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Banner } from "../../kit/Card";
import { FileButton } from "../../kit/FileButton";
import { Sheet } from "../../kit/Sheet";

type Delivery = Delivered | undefined;

function Result({ delivery }: { delivery: Delivery }): JSX.Element {
  if (delivery === undefined) return <Banner kind="danger">{t("copy_not_one")}</Banner>;
  const { fates, trouble, damaged } = delivery;
  return (
    <>
      {trouble !== undefined && <Banner kind="danger">{t(`copy_${trouble}`)}</Banner>}
      {damaged > 0 && <Banner kind="danger">{t("copy_damaged")}</Banner>}
      <ul class="own-list" role="status">
        {FATES.filter((fate) => fates[fate] > 0).map((fate) => (
          <li key={fate}>{t(`copy_fate_${fate}`, { n: fates[fate] })}</li>
        ))}
      </ul>
    </>
  );
}

/** The sheet. */
export function Deliver({ onClose }: { onClose: () => void }): JSX.Element {
  const [file, setFile] = useState<File | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<{ delivery: Delivery } | undefined>(undefined);
  const send = async (picked: File): Promise<void> => {
    setFile(picked);
    setDone(undefined);
    setBusy(true);
    setDone({ delivery: await deliverFile(picked) });
    setBusy(false);
  };
  const undelivered = (done?.delivery?.fates.undelivered ?? 0) > 0;
  return (
    <Sheet title={t("copy_deliver")} done={t("done")} onClose={onClose}>
      <p>{t("copy_deliver_help")}</p>
      {done !== undefined && <Result delivery={done.delivery} />}
      {undelivered && file !== undefined && (
        <Button look="primary" icon="sync" disabled={busy} onClick={() => void send(file)}>
          {t("copy_again")}
        </Button>
      )}
      <FileButton look={done === undefined ? "big primary" : undefined} disabled={busy} onPick={(picked) => void send(picked)}>
        {busy ? t("copy_delivering") : t(done === undefined ? "copy_pick" : "copy_pick_other")}
      </FileButton>
    </Sheet>
  );
}
