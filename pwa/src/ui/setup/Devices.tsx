// Phones of the programme: asking one for everything again, and taking one out. What happens then is said before it is done,
// and what comes next afterwards.
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
import { Link } from "../console/router";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { DeliverCopy } from "./DeliverCopy";

/** Which phone it is: somebody may have several. */
function Which({ device }: { device: DeviceView }): JSX.Element {
  const seen = device.last_seen_at ?? undefined;
  return (
    <p class="muted">
      {[
        t("enrolled_at", { at: instant(device.enrolled_at) }),
        seen === undefined ? t("never_seen") : t("seen_at", { at: instant(seen) }),
        ...(device.app === "" ? [] : [device.app]),
        t("device_id", { id: device.id.slice(-8) }),
      ].join(" · ")}
    </p>
  );
}

function Revoke({ device, onNo, onDone }: { device: DeviceView; onNo: () => void; onDone: () => void }): JSX.Element {
  const sending = useSend();
  const submit = async (): Promise<void> => {
    if (await sending.send(() => api.revoke(device.id))) onDone();
  };
  return (
    <Confirm title={t("revoke_title", { handle: device.handle })} yes={t("revoke_yes")} busy={sending.busy} onYes={() => void submit()} onNo={onNo}>
      {sending.error !== undefined && <Trouble error={sending.error} />}
      <Which device={device} />
      <ul class="points">
        <li>{t("revoke_1")}</li>
        <li>{t("revoke_lock")}</li>
        <li>{t("revoke_clear")}</li>
        <li>{t("revoke_2")}</li>
        <li>{t("revoke_3")}</li>
        <li>{t("revoke_4")}</li>
      </ul>
    </Confirm>
  );
}

interface DeviceProps {
  device: DeviceView;
  busy: boolean;
  onReoffer: () => void;
  onRevoke: () => void;
}

function Device({ device, busy, onReoffer, onRevoke }: DeviceProps): JSX.Element {
  return (
    <li>
      <div class="row-head">
        <h2>{device.handle}</h2>
        {device.revoked && <Badge>{t("revoked")}</Badge>}
      </div>
      <Which device={device} />
      {!device.revoked && (
        <div class="actions">
          <Button icon="sync" disabled={busy} onClick={onReoffer} label={`${t("reoffer")}: ${device.handle}`}>
            {t("reoffer")}
          </Button>
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

/** What was done last, and with which phone as it was then. */
interface Done {
  what: "reoffer" | "revoke";
  device: DeviceView;
}

/** Whether a phone that was asked for everything has been in contact since; it hears it then and sends at once. */
function Asked({ device, now, again }: { device: DeviceView; now: DeviceView | undefined; again: () => void }): JSX.Element {
  const { handle } = device;
  if (now !== undefined && now.last_seen_at !== device.last_seen_at) return <Banner kind="good">{t("reoffer_heard", { handle })}</Banner>;
  return (
    <Banner kind="info">
      <p>{t("reoffer_asked", { handle })}</p>
      <Button icon="sync" onClick={again}>
        {t("refresh")}
      </Button>
    </Banner>
  );
}

/** What follows when a phone was taken out. */
function Revoked({ handle }: DeviceView): JSX.Element {
  return (
    <Banner kind="good">
      <p>{t("revoked_next", { handle, page: t("page_quarantine") })}</p>
      <Link to="/console/people" class="button">
        {t("revoked_invite")}
      </Link>
    </Banner>
  );
}

/** The page. */
export function Devices(): JSX.Element {
  const devices = useLoad(() => api.devices(), []);
  const [asked, setAsked] = useState<DeviceView | undefined>(undefined);
  const [done, setDone] = useState<Done | undefined>(undefined);
  const sending = useSend();
  const reoffer = async ({ id }: DeviceView): Promise<void> => {
    setDone(undefined);
    const ask = async (): Promise<void> => setDone({ what: "reoffer", device: await api.reoffer(id) });
    if (!(await sending.send(ask))) return;
    devices.again();
    window.scrollTo(0, 0);
  };
  const revoked = (device: DeviceView): void => {
    setAsked(undefined);
    setDone({ what: "revoke", device });
    devices.again();
    window.scrollTo(0, 0);
  };
  return (
    <Page title={t("page_devices")} under={t("devices_under")}>
      <div class="list">
        {sending.error !== undefined && <Trouble error={sending.error} />}
        {done?.what === "reoffer" && <Asked device={done.device} now={devices.value?.find(({ id }) => id === done.device.id)} again={devices.again} />}
        {done?.what === "revoke" && <Revoked {...done.device} />}
        <Show of={devices}>
          {(all) =>
            all.length === 0 ? (
              <Empty icon="lock">
                <p>{t("devices_empty")}</p>
              </Empty>
            ) : (
              <ul class="list">
                {sorted(all).map((device) => (
                  <Device key={device.id} device={device} busy={sending.busy} onReoffer={() => void reoffer(device)} onRevoke={() => setAsked(device)} />
                ))}
              </ul>
            )
          }
        </Show>
      </div>
      <DeliverCopy onDone={devices.again} />
      {asked !== undefined && <Revoke device={asked} onNo={() => setAsked(undefined)} onDone={() => revoked(asked)} />}
    </Page>
  );
}
