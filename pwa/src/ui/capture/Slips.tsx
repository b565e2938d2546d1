// A slip as the worker holds it: on its card in the list, and large with a QR code to be copied or scanned.
import type { JSX } from "preact";
import type { Catalogue, EventSource, ReferralStatus } from "../../generated/contract";
import { slipStatus } from "../../app/state";
import { offering } from "../../domain/guide";
import { drawQr } from "../../domain/qr";
import { slipText } from "../../domain/slip";
import type { OpenSlip } from "../../domain/slips";
import { date, label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Icon } from "../kit/Icon";
import { Qr } from "../kit/Qr";
import { Sheet } from "../kit/Sheet";
import { ProviderFacts } from "./Providers";

/** Outcomes that can be tapped, furthest first, with their signs. */
const OUTCOMES = [
  ["completed", "check"],
  ["attended_not_served", "barred"],
  ["attended", "place"],
  ["not_attended", "close"],
  ["unreachable", "search"],
] as const;

type Outcome = (typeof OUTCOMES)[number][0];

function isOutcome(status: ReferralStatus | undefined): status is Outcome {
  return OUTCOMES.some(([one]) => one === status);
}

interface SlipCardProps {
  slip: OpenSlip;
  catalogue: Catalogue;
  open: boolean;
  /** Nothing can be recorded yet. */
  inert: boolean;
  onToggle: () => void;
  onShow: () => void;
  onOutcome: (status: ReferralStatus, source: EventSource) => void;
}

/** The card: a tap opens its outcomes, the number shows the slip, and "I went along" is recorded at once. */
export function SlipCard({ slip, catalogue, open, inert, onToggle, onShow, onOutcome }: SlipCardProps): JSX.Element {
  const service = catalogue.services.find((one) => one.code === slip.service);
  const name = service === undefined ? slip.service : label(service.label);
  const status = slipStatus.value[slip.slip];
  return (
    <li class="card slip-card">
      <Button look="plain" class="slip-head" aria-expanded={open} onClick={onToggle}>
        <Icon name={service?.icon ?? "clinic"} />
        <span class="slip-what">
          <span>{name}</span>
          <span class="muted small">{date(slip.day)}</span>
          {isOutcome(status) && (
            <span class="slip-state small">
              <Icon name={OUTCOMES.find(([one]) => one === status)?.[1] ?? "check"} />
              {t(`outcome_${status}`)}
            </span>
          )}
        </span>
        <Icon name="down" />
      </Button>
      {open && (
        <div class="outcomes" role="group" aria-label={`${name}: ${t("outcome")}`}>
          {OUTCOMES.map(([one, icon]) => (
            <Button key={one} icon={icon} disabled={inert} onClick={() => onOutcome(one, "client")}>
              {t(`outcome_${one}`)}
            </Button>
          ))}
        </div>
      )}
      <div class="slip-foot">
        <Button icon="qr" label={t("slip_show", { slip: slipText(slip.slip) })} onClick={onShow}>
          <span class="slip-number" dir="ltr">
            {slipText(slip.slip)}
          </span>
        </Button>
        <Button icon="together" disabled={inert} label={`${t("went_along")}: ${name}, ${slipText(slip.slip)}`} onClick={() => onOutcome("attended", "accompanied")}>
          {t("went_along")}
        </Button>
      </div>
    </li>
  );
}

/** The slip, large, with where its service is to be had. */
export function SlipSheet({ slip, catalogue, onClose }: { slip: OpenSlip; catalogue: Catalogue; onClose: () => void }): JSX.Element {
  const service = catalogue.services.find((one) => one.code === slip.service);
  return (
    <Sheet title={service === undefined ? slip.service : label(service.label)} done={t("done")} onClose={onClose}>
      <p class="slip-huge" dir="ltr">
        {slipText(slip.slip)}
      </p>
      <div class="slip-qr">
        <Qr drawing={drawQr(slip.slip)} label={t("slip_qr")} />
      </div>
      {offering(catalogue, slip.service).map((provider) => (
        <ProviderFacts key={provider.code} provider={provider} />
      ))}
    </Sheet>
  );
}
