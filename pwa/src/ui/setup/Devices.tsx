// Phones of the programme, and taking one out. What happens then is said before it is done.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { DeviceView } from "../../generated/contract";
import { locale } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { instant } from "../console/format";
import { Show, useLoad, useSend } from "../console/load";
import { Badge, Confirm, Empty, Page } from "../console/Page";
import { Trouble } from "../console/problem";
import { Button } from "../kit/Button";
import { DeliverCopy } from "./DeliverCopy";

function Revoke({ device, onNo, onDone }: { device: DeviceView; onNo: () => void; onDone: () => void }): JSX.Element {
  const sending = useSend();
  const submit = async (): Promise<void> => {
    if (await sending.send(() => api.revoke(device.id))) onDone();
  };
  return (
    <Confirm title={t("revoke_title", { handle: device.handle })} yes={t("revoke_yes")} busy={sending.busy} onYes={() => void submit()} onNo={onNo}>
      {sending.error !== undefined && <Trouble error={sending.error} />}
      <ul class="points">
        <li>{t("revoke_1")}</li>
        <li>{t("revoke_2")}</li>
        <li>{t("revoke_3")}</li>
        <li>{t("revoke_4")}</li>
      </ul>
    </Confirm>
  );
}

function Device({ device, onRevoke }: { device: DeviceView; onRevoke: () => void }): JSX.Element {
  const seen = device.last_seen_at ?? undefined;
  return (
    <li>
      <div class="row-head">
        <h2>{device.handle}</h2>
        {device.revoked && <Badge>{t("revoked")}</Badge>}
      </div>
      <p class="muted">
        {[
          t("enrolled_at", { at: instant(device.enrolled_at) }),
          seen === undefined ? t("never_seen") : t("seen_at", { at: instant(seen) }),
          ...(device.app === "" ? [] : [device.app]),
          t("device_id", { id: device.id.slice(-8) }),
        ].join(" · ")}
      </p>
      {!device.revoked && (
        <div>
          <Button look="danger" onClick={onRevoke} label={t("revoke_whose", { handle: device.handle })}>
            {t("revoke")}
          </Button>
        </div>
      )}
    </li>
  );
}

/** By handle, the newest phone of a person first. */
function sorted(devices: readonly DeviceView[]): DeviceView[] {
  return [...devices].sort((a, b) => a.handle.localeCompare(b.handle, locale.value) || b.enrolled_at.localeCompare(a.enrolled_at));
}

/** The page. */
export function Devices(): JSX.Element {
  const devices = useLoad(() => api.devices(), []);
  const [asked, setAsked] = useState<DeviceView | undefined>(undefined);
  return (
    <Page title={t("page_devices")} under={t("devices_under")}>
      <Show of={devices}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon="lock">
              <p>{t("devices_empty")}</p>
            </Empty>
          ) : (
            <ul class="list">
              {sorted(all).map((device) => (
                <Device key={device.id} device={device} onRevoke={() => setAsked(device)} />
              ))}
            </ul>
          )
        }
      </Show>
      <DeliverCopy onDone={devices.again} />
      {asked !== undefined && (
        <Revoke
          device={asked}
          onNo={() => setAsked(undefined)}
          onDone={() => {
            setAsked(undefined);
            devices.again();
          }}
        />
      )}
    </Page>
  );
}
