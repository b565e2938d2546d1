// Every service, and for each referral how it was made; the slip's number stands large, to be copied onto the slip.
import type { JSX } from "preact";
import type { Catalogue, ReferralWay } from "../../generated/contract";
import { freshSlip } from "../../app/clock";
import { draft } from "../../app/state";
import { setProvider, setReferral, tapService, type DraftReferral } from "../../domain/draft";
import { slipText } from "../../domain/slip";
import { label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Sheet } from "../kit/Sheet";
import { ProviderChoice } from "./Providers";

const WAYS: readonly ReferralWay[] = ["slip", "told", "called", "accompanied"];

function How({ referral, catalogue }: { referral: DraftReferral; catalogue: Catalogue }): JSX.Element {
  const declined = referral.status === "declined";
  const change = (way: Partial<Pick<DraftReferral, "way" | "status">>): void => {
    draft.value = setReferral(draft.value, referral.service, way);
  };
  return (
    <div class="stack">
      {!declined && <strong class="slip-large">{t("slip", { slip: slipText(referral.slip) })}</strong>}
      <div class="row wrap">
        {WAYS.map((way) => (
          <Button key={way} pressed={!declined && referral.way === way} onClick={() => change({ way, status: "issued" })}>
            {t(`way_${way}`)}
          </Button>
        ))}
        <Button pressed={declined} onClick={() => change({ status: declined ? "issued" : "declined" })}>
          {t("status_declined")}
        </Button>
      </div>
      {!declined && (
        <ProviderChoice
          catalogue={catalogue}
          service={referral.service}
          chosen={referral.provider}
          onChoose={(provider) => (draft.value = setProvider(draft.value, referral.service, provider))}
        />
      )}
    </div>
  );
}

/** The sheet. */
export function ReferSheet({ catalogue, onClose }: { catalogue: Catalogue; onClose: () => void }): JSX.Element {
  return (
    <Sheet title={t("refer_title")} done={t("done")} onClose={onClose}>
      <ul class="stack refer-list">
        {catalogue.services
          .filter((service) => service.retired !== true)
          .map((service) => {
            const referral = draft.value.referrals.find((one) => one.service === service.code);
            return (
              <li key={service.code} class="stack">
                <Button
                  icon={service.icon}
                  pressed={referral !== undefined}
                  onClick={() => (draft.value = tapService(draft.value, service.code, freshSlip()))}
                >
                  {label(service.label)}
                </Button>
                {referral !== undefined && <How referral={referral} catalogue={catalogue} />}
              </li>
            );
          })}
      </ul>
    </Sheet>
  );
}
