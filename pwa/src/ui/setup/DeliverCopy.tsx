// Delivers the copy that a phone saved as a file: picked or dropped here, sent as it is, and counted. Its own signatures are all that it needs.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { FATES } from "../../domain/copy";
import { number } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { deliverFile, type Delivered } from "../../sync/deliver";
import { Banner } from "../kit/Card";
import { FileButton } from "../kit/FileButton";

type Delivery = Delivered | undefined;

function Result({ delivery }: { delivery: Delivery }): JSX.Element {
  if (delivery === undefined) return <Banner kind="danger">{t("copy_not_one")}</Banner>;
  const { fates, trouble, damaged } = delivery;
  return (
    <div class="part" role="status">
      {trouble !== undefined && <Banner kind="danger">{t(`copy_${trouble}`)}</Banner>}
      {damaged > 0 && <Banner kind="danger">{t("copy_damaged")}</Banner>}
      <dl class="facts">
        {FATES.filter((fate) => fates[fate] > 0).map((fate) => (
          <div key={fate}>
            <dt>{t(`copy_fate_${fate}`)}</dt>
            <dd>{number(fates[fate])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The section of the page of phones. `onDone` runs when something was delivered. */
export function DeliverCopy({ onDone }: { onDone: () => void }): JSX.Element {
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<{ delivery: Delivery } | undefined>(undefined);
  const send = async (file: File | undefined): Promise<void> => {
    if (file === undefined || busy) return;
    setBusy(true);
    setDone(undefined);
    setDone({ delivery: await deliverFile(file) });
    setBusy(false);
    onDone();
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer?.files[0]);
  };
  return (
    <section
      class={over ? "part drop-here over" : "part drop-here"}
      aria-labelledby="deliver-copy"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2 id="deliver-copy">{t("copy_deliver")}</h2>
      <p class="muted">{t("copy_deliver_help")}</p>
      <div class="actions">
        <FileButton disabled={busy} onPick={(file) => void send(file)}>
          {busy ? t("sending") : t("copy_pick")}
        </FileButton>
      </div>
      {busy && <progress aria-label={t("sending")} />}
      {done !== undefined && <Result delivery={done.delivery} />}
    </section>
  );
}
